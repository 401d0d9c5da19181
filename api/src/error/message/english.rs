//! In English.

use crate::error::ErrorCode;

/// The sentences.
pub(super) fn sentence(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::Unauthenticated => "Sign in to continue.",
        ErrorCode::InvalidCredentials => {
            "Invalid credentials: the e-mail address or the password is wrong."
        }
        ErrorCode::FirstRunCodeInvalid => {
            "This code is not valid. Restart the server to get a new one in its log."
        }
        ErrorCode::PlayerRefused => "The server did not recognise this screen.",
        ErrorCode::KeyRevoked => "The key of this box was revoked.",
        ErrorCode::Forbidden => "Your role does not allow this.",
        ErrorCode::StepUpRequired => "First confirm this with your password.",
        ErrorCode::OriginRefused => {
            "This request came from another page than the dashboard and was refused."
        }
        ErrorCode::InsecureAddress => {
            "The browser does not keep the session on this address. Open the dashboard by https, or by http://localhost on the machine itself."
        }
        ErrorCode::NotFound => "Not found: it does not exist, or no longer.",
        ErrorCode::PairingCodeUnknown => {
            "This code is not valid. Check the code on the screen: it changes every 15 minutes."
        }
        ErrorCode::MethodNotAllowed => "This address does not know that action.",
        ErrorCode::Conflict => "Somebody changed this meanwhile. Reload the page.",
        ErrorCode::ConfigurationChanged => {
            "Somebody else published meanwhile. Reload the page to see that version; nothing was replaced."
        }
        ErrorCode::PlayerLinkedElsewhere => {
            "This box is linked to another site. Confirm that it leaves it."
        }
        ErrorCode::EmailTaken => "An account with this e-mail address already exists.",
        ErrorCode::TooLarge => "The request is larger than allowed.",
        ErrorCode::RangeNotSatisfiable => "The part asked for lies outside the file.",
        ErrorCode::Invalid | ErrorCode::Other => "The request is not valid. Check the fields.",
        ErrorCode::Required => "This field is required.",
        ErrorCode::TooLong => "This text is too long (120 characters at most).",
        ErrorCode::EmailInvalid => "This e-mail address is not valid.",
        ErrorCode::PasswordWrong => "This is not your password.",
        ErrorCode::PasswordWeak => {
            "The password needs at least 12 characters with an upper-case letter, a lower-case letter and a digit."
        }
        ErrorCode::TimeZoneUnknown => "There is no such time zone (example: Europe/Paris).",
        ErrorCode::HoursInvalid => "The end must come after the beginning.",
        ErrorCode::ForeignDatabase => {
            "This database holds the tables of another program: they are left alone. Give NeoPro an empty one (DATABASE_URL)."
        }
        ErrorCode::ClosureInvalid => "A closure cannot end before it begins.",
        ErrorCode::TooManyClosures => "30 closures at most: remove those that are over.",
        ErrorCode::LoopTooLong => "The loop has too many videos (500 at most).",
        ErrorCode::TooManyRequests => "Too many tries. Wait a minute, then try again.",
        ErrorCode::Unavailable => "The service does not answer at the moment. Try again shortly.",
        ErrorCode::Overloaded => "Too many requests at once. Try again in a few seconds.",
        ErrorCode::StorageFull => {
            "There is no room left for files on the server. Free some space, then try again."
        }
        ErrorCode::Transport => {
            "The connection to the server was lost. Check the network, then try again."
        }
        ErrorCode::Internal => {
            "Something failed on our side. Try again; if it comes back, tell us the request's number."
        }
        _ => of_file(code),
    }
}

/// Those about files; a test sees to it that none is missing.
fn of_file(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::TooManyUploads => {
            "You have 20 unfinished uploads already. Finish or cancel some, then try again."
        }
        ErrorCode::UploadIncomplete => {
            "A part of the file is still missing. Resume the upload where it stopped."
        }
        ErrorCode::VideoInUse => {
            "This video is being shown. Remove it from the loops of the sites named first, then delete it."
        }
        ErrorCode::VideoUnknown => {
            "One of the videos is no longer in the library. Remove it from the loop."
        }
        ErrorCode::VideoEmpty => "This file is empty. Ask the sponsor to send it again.",
        ErrorCode::VideoTooLarge => {
            "This file is over 2 GB. Ask for a shorter or more compressed version (MP4, 1080p)."
        }
        ErrorCode::VideoNotRecognised => {
            "This file is not an MP4 or MOV video, nor a JPEG or PNG picture, even if its name says so. Ask the sponsor for an “MP4, H.264, 1080p” export, or for their logo as PNG."
        }
        ErrorCode::VideoTruncated => {
            "This video is incomplete: the copy stopped on the way. Ask for the original file and upload it again."
        }
        ErrorCode::VideoFragmented => {
            "This video is cut into pieces for streaming (fragmented MP4). Ask the sponsor for an ordinary “MP4, H.264, 1080p” export."
        }
        ErrorCode::VideoCodecRefused => {
            "This video is not H.264, so the screen could not play it. Ask the sponsor for an “MP4, H.264, 1080p” export. On an iPhone: Settings → Camera → Formats → Most Compatible."
        }
        ErrorCode::VideoProfileRefused => {
            "This video is H.264 with studio colours (10 bits, 4:2:2 or 4:4:4), so the screen could not play it. Ask the sponsor for an “MP4, H.264, 8 bits, 4:2:0” export, the ordinary setting."
        }
        ErrorCode::AudioCodecRefused => {
            "The sound of this video is not AAC. Ask for an “MP4, H.264, AAC sound” export, or a video without sound."
        }
        ErrorCode::VideoResolutionRefused => {
            "This video is larger than 1080p. Ask the sponsor for an export of 1920 × 1080 at most."
        }
        ErrorCode::PictureTooLarge => {
            "This picture is over 20 MB. Ask the sponsor for a lighter version: a JPEG of 1920 × 1080 is enough for the screen."
        }
        ErrorCode::PictureBroken => {
            "This picture is incomplete or damaged: the copy stopped on the way. Ask for the original file and upload it again."
        }
        ErrorCode::PictureSizeRefused => {
            "The size of this picture does not suit the screen: each side must measure 16 to 4096 pixels. Ask the sponsor for an export of 1920 × 1080."
        }
        ErrorCode::PictureAnimated => {
            "This PNG picture is animated, and the screen would show one moment of it only. Ask the sponsor for an “MP4, H.264, 1080p” video, or a still picture."
        }
        ErrorCode::PictureKindRefused => {
            "The screen does not read this format (GIF, WebP, HEIC, PDF, SVG…). Ask the sponsor for an export as PNG for a logo, as JPEG for a photo. On an iPhone: Settings → Camera → Formats → Most Compatible."
        }
        ErrorCode::DurationRefused => "A picture stays on screen for 1 to 300 seconds.",
        ErrorCode::DurationFixed => {
            "The length of this video is the film’s. Only a picture’s can be changed."
        }
        ErrorCode::ChunkCorrupt => "A part of the file arrived damaged. It has to be sent again.",
        ErrorCode::UploadCorrupt => {
            "The file received is not the one announced: it changed during the upload. Upload it again."
        }
        ErrorCode::FileUnreadable => {
            "The browser can no longer read this file: it was changed, moved or unplugged. Choose it again."
        }
        ErrorCode::TagsRefused => "A video has at most 20 tags, of 40 characters each.",
        ErrorCode::ThumbnailRefused => "The thumbnail is not a valid JPEG picture.",
        _ => "",
    }
}
