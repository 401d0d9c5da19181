use http::StatusCode;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $status:ident,)*) => {
        /// Stable names of refusals. New ones may appear: treat an unknown one as [`ErrorCode::Other`].
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($(#[$doc])* $name,)*
            /// A code that this version does not know.
            #[serde(other)]
            Other,
        }

        impl ErrorCode {
            /// Every code that this version gives.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The HTTP status that goes with it.
            pub fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)*
                    Self::Other => StatusCode::INTERNAL_SERVER_ERROR,
                }
            }
        }
    };
}

codes! {
    /// Nobody is signed in.
    Unauthenticated = UNAUTHORIZED,
    /// E-mail or password are wrong, or the account is closed.
    InvalidCredentials = UNAUTHORIZED,
    /// The first-run code is wrong, used or expired.
    FirstRunCodeInvalid = UNAUTHORIZED,
    /// The signature of a player, its challenge or its token is not valid.
    PlayerRefused = UNAUTHORIZED,
    /// The player's key was revoked for ever: it needs a new one. Told beside
    /// [`ErrorCode::PlayerRefused`], for the field `key_id`.
    KeyRevoked = UNAUTHORIZED,
    /// The role does not allow it.
    Forbidden = FORBIDDEN,
    /// The action asks for the password again, within the session.
    StepUpRequired = FORBIDDEN,
    /// The request came from a page of another origin.
    OriginRefused = FORBIDDEN,
    /// The browser would not keep the session cookie on this address.
    InsecureAddress = BAD_REQUEST,
    /// There is no such thing, or it is not the caller's.
    NotFound = NOT_FOUND,
    /// No enrolment waits under this code: wrong, used or expired.
    PairingCodeUnknown = NOT_FOUND,
    /// The method is not served at this address.
    MethodNotAllowed = METHOD_NOT_ALLOWED,
    /// The state changed meanwhile.
    Conflict = CONFLICT,
    /// Another person published since the page was opened.
    ConfigurationChanged = CONFLICT,
    /// The screen belongs to another site, and the request does not say so.
    PlayerLinkedElsewhere = CONFLICT,
    /// The caller has too many unfinished uploads.
    TooManyUploads = CONFLICT,
    /// The upload was to be ended before all of its bytes were there.
    UploadIncomplete = CONFLICT,
    /// A film is as long as it is.
    DurationFixed = CONFLICT,
    /// A site shows the video now.
    VideoInUse = CONFLICT,
    /// An account with this e-mail exists.
    EmailTaken = CONFLICT,
    /// The body is larger than the limit.
    TooLarge = PAYLOAD_TOO_LARGE,
    /// The range lies outside the file.
    RangeNotSatisfiable = RANGE_NOT_SATISFIABLE,
    /// The body or its fields are not what is expected.
    Invalid = UNPROCESSABLE_ENTITY,
    /// A needed input is empty.
    Required = UNPROCESSABLE_ENTITY,
    /// A text is too long.
    TooLong = UNPROCESSABLE_ENTITY,
    /// Not an e-mail address.
    EmailInvalid = UNPROCESSABLE_ENTITY,
    /// It is not the signed-in person's password.
    PasswordWrong = UNPROCESSABLE_ENTITY,
    /// The password is shorter than 12 characters or lacks upper case, lower case or a digit.
    PasswordWeak = UNPROCESSABLE_ENTITY,
    /// Not the name of a time zone.
    TimeZoneUnknown = UNPROCESSABLE_ENTITY,
    /// Opening hours that end before they begin.
    HoursInvalid = UNPROCESSABLE_ENTITY,
    /// The database holds the tables of another program.
    ForeignDatabase = CONFLICT,
    /// A closure of a site ends before it begins.
    ClosureInvalid = UNPROCESSABLE_ENTITY,
    /// A site has more closures than are kept.
    TooManyClosures = UNPROCESSABLE_ENTITY,
    /// The loop names a video that is not in the library.
    VideoUnknown = UNPROCESSABLE_ENTITY,
    /// The loop has more videos than the limit.
    LoopTooLong = UNPROCESSABLE_ENTITY,
    /// The video's file is empty.
    VideoEmpty = UNPROCESSABLE_ENTITY,
    /// The video's file is over the limit.
    VideoTooLarge = PAYLOAD_TOO_LARGE,
    /// The file is not MP4, MOV, JPEG or PNG.
    VideoNotRecognised = UNPROCESSABLE_ENTITY,
    /// The file ends too early.
    VideoTruncated = UNPROCESSABLE_ENTITY,
    /// The film is cut into fragments for streaming.
    VideoFragmented = UNPROCESSABLE_ENTITY,
    /// The film is not H.264.
    VideoCodecRefused = UNPROCESSABLE_ENTITY,
    /// The film is H.264 with more than 8 bits or with richer colour than 4:2:0.
    VideoProfileRefused = UNPROCESSABLE_ENTITY,
    /// The sound is not AAC.
    AudioCodecRefused = UNPROCESSABLE_ENTITY,
    /// The picture is larger than 1080p.
    VideoResolutionRefused = UNPROCESSABLE_ENTITY,
    /// The picture's file is over the limit.
    PictureTooLarge = PAYLOAD_TOO_LARGE,
    /// The picture ends too early, or is damaged.
    PictureBroken = UNPROCESSABLE_ENTITY,
    /// A side of the picture is shorter or longer than a screen can use.
    PictureSizeRefused = UNPROCESSABLE_ENTITY,
    /// The picture moves (APNG).
    PictureAnimated = UNPROCESSABLE_ENTITY,
    /// The file is a picture or a document, and neither JPEG nor PNG.
    PictureKindRefused = UNPROCESSABLE_ENTITY,
    /// A picture cannot stand on screen for so long, or so short.
    DurationRefused = UNPROCESSABLE_ENTITY,
    /// A part of an upload is not what its SHA-256 says.
    ChunkCorrupt = UNPROCESSABLE_ENTITY,
    /// An upload is not what its SHA-256 says.
    UploadCorrupt = UNPROCESSABLE_ENTITY,
    /// The browser can no longer read the file that it sends.
    FileUnreadable = UNPROCESSABLE_ENTITY,
    /// A video has too many tags, or one that is too long.
    TagsRefused = UNPROCESSABLE_ENTITY,
    /// The thumbnail is not a JPEG picture of a reasonable size.
    ThumbnailRefused = UNPROCESSABLE_ENTITY,
    /// Too many tries; wait.
    TooManyRequests = TOO_MANY_REQUESTS,
    /// A dependency does not answer; try again.
    Unavailable = SERVICE_UNAVAILABLE,
    /// More came at once than can be dealt with; try again soon.
    Overloaded = SERVICE_UNAVAILABLE,
    /// There is no room left for files.
    StorageFull = INSUFFICIENT_STORAGE,
    /// The request or its answer was lost on the way.
    Transport = BAD_GATEWAY,
    /// The server failed.
    Internal = INTERNAL_SERVER_ERROR,
}
