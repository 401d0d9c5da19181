use super::ErrorCode;
use crate::language::Language;

impl ErrorCode {
    /// What happened and what to do, in one or two sentences for a person.
    pub fn message(self, language: Language) -> &'static str {
        match language {
            Language::Fr => self.french(),
            Language::En => self.english(),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one sentence for each code")]
    fn french(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Connectez-vous pour continuer.",
            // The deployment guide names this sentence in its troubleshooting section.
            Self::InvalidCredentials => {
                "Adresse e-mail ou mot de passe incorrect (Invalid credentials)."
            }
            Self::FirstRunCodeInvalid => {
                "Ce code n’est pas valable. Redémarrez le serveur pour en obtenir un nouveau dans son journal."
            }
            Self::PlayerRefused => "Le serveur n’a pas reconnu cet écran.",
            Self::KeyRevoked => "La clé de ce boîtier a été révoquée.",
            Self::Forbidden => "Votre rôle ne permet pas cette action.",
            Self::StepUpRequired => "Confirmez d’abord cette action avec votre mot de passe.",
            Self::OriginRefused => {
                "Cette demande vient d’une autre page que le tableau de bord ; elle a été refusée."
            }
            Self::InsecureAddress => {
                "Le navigateur ne garde pas la session sur cette adresse. Ouvrez le tableau de bord en https, ou par http://localhost sur la machine même."
            }
            Self::NotFound => "Introuvable : cet élément n’existe pas ou plus.",
            Self::PairingCodeUnknown => {
                "Ce code n’est pas valable. Vérifiez le code affiché sur l’écran : il change toutes les 15 minutes."
            }
            Self::MethodNotAllowed => "Cette adresse ne connaît pas cette action.",
            Self::Conflict => "Quelqu’un a changé cet élément entre-temps. Rechargez la page.",
            Self::ConfigurationChanged => {
                "Une autre personne a publié entre-temps. Rechargez la page pour voir sa version ; rien n’a été remplacé."
            }
            Self::PlayerLinkedElsewhere => {
                "Ce boîtier est relié à un autre site. Confirmez qu’il le quitte."
            }
            Self::TooManyUploads => {
                "Vous avez déjà 20 envois inachevés. Terminez-en ou annulez-en, puis recommencez."
            }
            Self::UploadIncomplete => {
                "Il manque encore une partie du fichier. Reprenez l’envoi où il s’est arrêté."
            }
            Self::VideoInUse => {
                "Cette vidéo est diffusée en ce moment. Retirez-la d’abord des boucles des sites nommés, puis supprimez-la."
            }
            Self::EmailTaken => "Un compte existe déjà avec cette adresse e-mail.",
            Self::TooLarge => "La demande dépasse la taille permise.",
            Self::RangeNotSatisfiable => "La partie demandée est en dehors du fichier.",
            Self::Invalid | Self::Other => "La demande n’est pas valable. Vérifiez les champs.",
            Self::Required => "Ce champ est obligatoire.",
            Self::TooLong => "Ce texte est trop long (120 caractères au plus).",
            Self::EmailInvalid => "Cette adresse e-mail n’est pas valable.",
            Self::PasswordWrong => "Ce n’est pas votre mot de passe.",
            Self::PasswordWeak => {
                "Le mot de passe doit avoir au moins 12 caractères, avec une majuscule, une minuscule et un chiffre."
            }
            Self::TimeZoneUnknown => "Ce fuseau horaire n’existe pas (exemple : Europe/Paris).",
            Self::VideoUnknown => {
                "Une des vidéos n’est plus dans la vidéothèque. Retirez-la de la boucle."
            }
            Self::LoopTooLong => "La boucle contient trop de vidéos (500 au plus).",
            Self::VideoEmpty => "Ce fichier est vide. Demandez au sponsor de l’envoyer de nouveau.",
            Self::VideoTooLarge => {
                "Ce fichier dépasse 2 Go. Demandez une version plus courte ou plus compressée (MP4, 1080p)."
            }
            Self::VideoNotRecognised => {
                "Ce fichier n’est pas une vidéo MP4 ou MOV, même si son nom le dit. Demandez au sponsor un export « MP4, H.264, 1080p »."
            }
            Self::VideoTruncated => {
                "Cette vidéo est incomplète : l’envoi ou la copie s’est arrêté en route. Demandez le fichier d’origine et envoyez-le de nouveau."
            }
            Self::VideoFragmented => {
                "Cette vidéo est découpée pour la diffusion en ligne (MP4 fragmenté). Demandez au sponsor un export ordinaire « MP4, H.264, 1080p »."
            }
            Self::VideoCodecRefused => {
                "Cette vidéo n’est pas en H.264, l’écran ne saurait pas la lire. Demandez au sponsor un export « MP4, H.264, 1080p ». Sur iPhone : Réglages → Appareil photo → Formats → Le plus compatible."
            }
            Self::VideoProfileRefused => {
                "Cette vidéo est en H.264 avec des couleurs de studio (10 bits, 4:2:2 ou 4:4:4), l’écran ne saurait pas la lire. Demandez au sponsor un export « MP4, H.264, 8 bits, 4:2:0 », le réglage ordinaire."
            }
            Self::AudioCodecRefused => {
                "Le son de cette vidéo n’est pas en AAC. Demandez un export « MP4, H.264, son AAC », ou une vidéo sans son."
            }
            Self::VideoResolutionRefused => {
                "Cette vidéo est plus grande que 1080p. Demandez au sponsor un export en 1920 × 1080 au plus."
            }
            Self::ChunkCorrupt => "Une partie du fichier est arrivée abîmée. Elle est à renvoyer.",
            Self::UploadCorrupt => {
                "Le fichier reçu n’est pas celui qui était annoncé : il a changé pendant l’envoi. Recommencez l’envoi."
            }
            Self::FileUnreadable => {
                "Le navigateur ne peut plus lire ce fichier : il a été modifié, déplacé ou débranché. Choisissez-le de nouveau."
            }
            Self::TagsRefused => "Une vidéo porte au plus 20 étiquettes, de 40 caractères chacune.",
            Self::ThumbnailRefused => "L’image de la vignette n’est pas une image JPEG valable.",
            Self::TooManyRequests => "Trop d’essais. Attendez une minute, puis réessayez.",
            Self::Unavailable => {
                "Le service ne répond pas pour le moment. Réessayez dans un instant."
            }
            Self::StorageFull => {
                "Il n’y a plus de place pour les fichiers sur le serveur. Libérez de la place, puis recommencez."
            }
            Self::Transport => {
                "La connexion au serveur a été coupée. Vérifiez le réseau, puis réessayez."
            }
            Self::Internal => {
                "Une erreur s’est produite de notre côté. Réessayez ; si elle revient, donnez-nous le numéro de la demande."
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "one sentence for each code")]
    fn english(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Sign in to continue.",
            Self::InvalidCredentials => {
                "Invalid credentials: the e-mail address or the password is wrong."
            }
            Self::FirstRunCodeInvalid => {
                "This code is not valid. Restart the server to get a new one in its log."
            }
            Self::PlayerRefused => "The server did not recognise this screen.",
            Self::KeyRevoked => "The key of this box was revoked.",
            Self::Forbidden => "Your role does not allow this.",
            Self::StepUpRequired => "First confirm this with your password.",
            Self::OriginRefused => {
                "This request came from another page than the dashboard and was refused."
            }
            Self::InsecureAddress => {
                "The browser does not keep the session on this address. Open the dashboard by https, or by http://localhost on the machine itself."
            }
            Self::NotFound => "Not found: it does not exist, or no longer.",
            Self::PairingCodeUnknown => {
                "This code is not valid. Check the code on the screen: it changes every 15 minutes."
            }
            Self::MethodNotAllowed => "This address does not know that action.",
            Self::Conflict => "Somebody changed this meanwhile. Reload the page.",
            Self::ConfigurationChanged => {
                "Somebody else published meanwhile. Reload the page to see that version; nothing was replaced."
            }
            Self::PlayerLinkedElsewhere => {
                "This box is linked to another site. Confirm that it leaves it."
            }
            Self::TooManyUploads => {
                "You have 20 unfinished uploads already. Finish or cancel some, then try again."
            }
            Self::UploadIncomplete => {
                "A part of the file is still missing. Resume the upload where it stopped."
            }
            Self::VideoInUse => {
                "This video is being shown. Remove it from the loops of the sites named first, then delete it."
            }
            Self::EmailTaken => "An account with this e-mail address already exists.",
            Self::TooLarge => "The request is larger than allowed.",
            Self::RangeNotSatisfiable => "The part asked for lies outside the file.",
            Self::Invalid | Self::Other => "The request is not valid. Check the fields.",
            Self::Required => "This field is required.",
            Self::TooLong => "This text is too long (120 characters at most).",
            Self::EmailInvalid => "This e-mail address is not valid.",
            Self::PasswordWrong => "This is not your password.",
            Self::PasswordWeak => {
                "The password needs at least 12 characters with an upper-case letter, a lower-case letter and a digit."
            }
            Self::TimeZoneUnknown => "There is no such time zone (example: Europe/Paris).",
            Self::VideoUnknown => {
                "One of the videos is no longer in the library. Remove it from the loop."
            }
            Self::LoopTooLong => "The loop has too many videos (500 at most).",
            Self::VideoEmpty => "This file is empty. Ask the sponsor to send it again.",
            Self::VideoTooLarge => {
                "This file is over 2 GB. Ask for a shorter or more compressed version (MP4, 1080p)."
            }
            Self::VideoNotRecognised => {
                "This file is not an MP4 or MOV video, even if its name says so. Ask the sponsor for an “MP4, H.264, 1080p” export."
            }
            Self::VideoTruncated => {
                "This video is incomplete: the copy stopped on the way. Ask for the original file and upload it again."
            }
            Self::VideoFragmented => {
                "This video is cut into pieces for streaming (fragmented MP4). Ask the sponsor for an ordinary “MP4, H.264, 1080p” export."
            }
            Self::VideoCodecRefused => {
                "This video is not H.264, so the screen could not play it. Ask the sponsor for an “MP4, H.264, 1080p” export. On an iPhone: Settings → Camera → Formats → Most Compatible."
            }
            Self::VideoProfileRefused => {
                "This video is H.264 with studio colours (10 bits, 4:2:2 or 4:4:4), so the screen could not play it. Ask the sponsor for an “MP4, H.264, 8 bits, 4:2:0” export, the ordinary setting."
            }
            Self::AudioCodecRefused => {
                "The sound of this video is not AAC. Ask for an “MP4, H.264, AAC sound” export, or a video without sound."
            }
            Self::VideoResolutionRefused => {
                "This video is larger than 1080p. Ask the sponsor for an export of 1920 × 1080 at most."
            }
            Self::ChunkCorrupt => "A part of the file arrived damaged. It has to be sent again.",
            Self::UploadCorrupt => {
                "The file received is not the one announced: it changed during the upload. Upload it again."
            }
            Self::FileUnreadable => {
                "The browser can no longer read this file: it was changed, moved or unplugged. Choose it again."
            }
            Self::TagsRefused => "A video has at most 20 tags, of 40 characters each.",
            Self::ThumbnailRefused => "The thumbnail is not a valid JPEG picture.",
            Self::TooManyRequests => "Too many tries. Wait a minute, then try again.",
            Self::Unavailable => "The service does not answer at the moment. Try again shortly.",
            Self::StorageFull => {
                "There is no room left for files on the server. Free some space, then try again."
            }
            Self::Transport => {
                "The connection to the server was lost. Check the network, then try again."
            }
            Self::Internal => {
                "Something failed on our side. Try again; if it comes back, tell us the request's number."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Language};

    #[test]
    fn every_refusal_is_said_in_both_languages() {
        for code in ErrorCode::ALL {
            let (french, english) = (code.message(Language::Fr), code.message(Language::En));
            assert!(
                !french.is_empty() && !english.is_empty() && french != english,
                "{code:?}"
            );
        }
    }
}
