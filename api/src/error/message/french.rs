//! In French.

use crate::error::ErrorCode;

/// The sentences.
pub(super) fn sentence(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::Unauthenticated => "Connectez-vous pour continuer.",
        // The deployment guide names this sentence in its troubleshooting section.
        ErrorCode::InvalidCredentials => {
            "Adresse e-mail ou mot de passe incorrect (Invalid credentials)."
        }
        ErrorCode::FirstRunCodeInvalid => {
            "Ce code n’est pas valable. Redémarrez le serveur pour en obtenir un nouveau dans son journal."
        }
        ErrorCode::PlayerRefused => "Le serveur n’a pas reconnu cet écran.",
        ErrorCode::KeyRevoked => "La clé de ce boîtier a été révoquée.",
        ErrorCode::Forbidden => "Votre rôle ne permet pas cette action.",
        ErrorCode::StepUpRequired => "Confirmez d’abord cette action avec votre mot de passe.",
        ErrorCode::OriginRefused => {
            "Cette demande vient d’une autre page que le tableau de bord ; elle a été refusée."
        }
        ErrorCode::InsecureAddress => {
            "Le navigateur ne garde pas la session sur cette adresse. Ouvrez le tableau de bord en https, ou à l’adresse http://localhost sur la machine elle-même."
        }
        ErrorCode::NotFound => "Introuvable : cet élément n’existe pas, ou plus.",
        ErrorCode::PairingCodeUnknown => {
            "Ce code n’est pas valable. Vérifiez le code affiché sur l’écran : il change toutes les 15 minutes."
        }
        ErrorCode::MethodNotAllowed => "Cette action n’est pas possible à cette adresse.",
        ErrorCode::Conflict => "Quelqu’un a changé cet élément entre-temps. Rechargez la page.",
        ErrorCode::ConfigurationChanged => {
            "Une autre personne a publié entre-temps. Rechargez la page pour voir sa version ; rien n’a été remplacé."
        }
        ErrorCode::PlayerLinkedElsewhere => {
            "Ce boîtier est relié à un autre site. Confirmez qu’il le quitte."
        }
        ErrorCode::EmailTaken => "Un compte existe déjà avec cette adresse e-mail.",
        ErrorCode::TooLarge => "La demande dépasse la taille permise.",
        ErrorCode::RangeNotSatisfiable => "La partie demandée est en dehors du fichier.",
        ErrorCode::Invalid | ErrorCode::Other => {
            "La demande n’est pas valable. Vérifiez les champs."
        }
        ErrorCode::Required => "Ce champ est obligatoire.",
        ErrorCode::TooLong => "Ce texte est trop long (120 caractères au plus).",
        ErrorCode::EmailInvalid => "Cette adresse e-mail n’est pas valable.",
        ErrorCode::PasswordWrong => "Ce n’est pas votre mot de passe.",
        ErrorCode::PasswordWeak => {
            "Le mot de passe doit avoir au moins 12 caractères, avec une majuscule, une minuscule et un chiffre."
        }
        ErrorCode::TimeZoneUnknown => "Ce fuseau horaire n’existe pas (exemple : Europe/Paris).",
        ErrorCode::HoursInvalid => "L’heure de fin doit venir après l’heure de début.",
        ErrorCode::ForeignDatabase => {
            "Cette base contient les tables d’un autre programme : elle reste intacte. Donnez à NeoPro une base vide (DATABASE_URL)."
        }
        ErrorCode::ClosureInvalid => "Une fermeture ne peut pas finir avant de commencer.",
        ErrorCode::TooManyClosures => "30 fermetures au plus : retirez celles qui sont passées.",
        ErrorCode::LoopTooLong => "La boucle contient trop de vidéos (500 au plus).",
        ErrorCode::TooManyRequests => "Trop d’essais. Attendez une minute, puis réessayez.",
        ErrorCode::Unavailable => {
            "Le service ne répond pas pour le moment. Réessayez dans un instant."
        }
        ErrorCode::Overloaded => "Trop de demandes à la fois. Réessayez dans quelques secondes.",
        ErrorCode::StorageFull => {
            "Il n’y a plus de place pour les fichiers sur le serveur. Libérez de la place, puis recommencez."
        }
        ErrorCode::Transport => {
            "La connexion au serveur a été coupée. Vérifiez le réseau, puis réessayez."
        }
        ErrorCode::Internal => {
            "Une erreur s’est produite de notre côté. Réessayez ; si elle revient, donnez-nous le numéro de la demande."
        }
        _ => of_file(code),
    }
}

/// Those about files; a test sees to it that none is missing.
fn of_file(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::TooManyUploads => {
            "Vous avez déjà 20 envois inachevés. Terminez-en un ou abandonnez-en un, puis recommencez."
        }
        ErrorCode::UploadIncomplete => {
            "Il manque encore une partie du fichier. Reprenez l’envoi là où il s’est arrêté."
        }
        ErrorCode::VideoInUse => {
            "Cette vidéo est diffusée en ce moment. Retirez-la d’abord des boucles des sites nommés, puis supprimez-la."
        }
        ErrorCode::VideoUnknown => {
            "Une des vidéos n’est plus dans la vidéothèque. Retirez-la de la boucle."
        }
        ErrorCode::VideoEmpty => {
            "Ce fichier est vide. Demandez au sponsor de l’envoyer de nouveau."
        }
        ErrorCode::VideoTooLarge => {
            "Ce fichier dépasse 2 Go. Demandez une version plus courte ou plus compressée (MP4, 1080p)."
        }
        ErrorCode::VideoNotRecognised => {
            "Ce fichier n’est pas une vidéo MP4 ou MOV, ni une image JPEG ou PNG, quoi qu’en dise son nom. Demandez au sponsor un export « MP4, H.264, 1080p », ou son logo en PNG."
        }
        ErrorCode::VideoTruncated => {
            "Cette vidéo est incomplète : l’envoi ou la copie s’est arrêté en route. Demandez le fichier d’origine et envoyez-le de nouveau."
        }
        ErrorCode::VideoFragmented => {
            "Cette vidéo est découpée pour la diffusion en ligne (MP4 fragmenté). Demandez au sponsor un export ordinaire « MP4, H.264, 1080p »."
        }
        ErrorCode::VideoCodecRefused => {
            "Cette vidéo n’est pas en H.264 : l’écran ne peut pas la lire. Demandez au sponsor un export « MP4, H.264, 1080p ». Sur iPhone : Réglages → Appareil photo → Formats → Le plus compatible."
        }
        ErrorCode::VideoProfileRefused => {
            "Cette vidéo est en H.264 avec des couleurs de studio (10 bits, 4:2:2 ou 4:4:4) : l’écran ne peut pas la lire. Demandez au sponsor un export « MP4, H.264, 8 bits, 4:2:0 », le réglage ordinaire."
        }
        ErrorCode::AudioCodecRefused => {
            "Le son de cette vidéo n’est pas en AAC. Demandez un export « MP4, H.264, son AAC », ou une vidéo sans son."
        }
        ErrorCode::VideoResolutionRefused => {
            "Cette vidéo est plus grande que 1080p. Demandez au sponsor un export en 1920 × 1080 au plus."
        }
        ErrorCode::PictureTooLarge => {
            "Cette image dépasse 20 Mo. Demandez au sponsor une version plus légère : un JPEG de 1920 × 1080 suffit pour l’écran."
        }
        ErrorCode::PictureBroken => {
            "Cette image est incomplète ou abîmée : l’envoi ou la copie s’est arrêté en route. Demandez le fichier d’origine et envoyez-le de nouveau."
        }
        ErrorCode::PictureSizeRefused => {
            "Cette image n’a pas une taille qui convient à l’écran : chaque côté doit mesurer de 16 à 4096 pixels. Demandez au sponsor un export de 1920 × 1080."
        }
        ErrorCode::PictureAnimated => {
            "Cette image PNG est animée, l’écran n’en montrerait qu’un instant. Demandez au sponsor une vidéo « MP4, H.264, 1080p », ou une image fixe."
        }
        ErrorCode::PictureKindRefused => {
            "L’écran ne lit pas ce format (GIF, WebP, HEIC, PDF, SVG…). Demandez au sponsor un export en PNG pour un logo, en JPEG pour une photo. Sur iPhone : Réglages → Appareil photo → Formats → Le plus compatible."
        }
        ErrorCode::DurationRefused => "Une image reste à l’écran de 1 à 300 secondes.",
        ErrorCode::DurationFixed => {
            "La durée de cette vidéo est celle du film. Seule celle d’une image peut être changée."
        }
        ErrorCode::ChunkCorrupt => "Une partie du fichier est arrivée abîmée. Renvoyez-la.",
        ErrorCode::UploadCorrupt => {
            "Le fichier reçu n’est pas celui qui était annoncé : il a changé pendant l’envoi. Recommencez l’envoi."
        }
        ErrorCode::FileUnreadable => {
            "Le navigateur ne peut plus lire ce fichier : il a été modifié, déplacé ou débranché. Choisissez-le de nouveau."
        }
        ErrorCode::TagsRefused => {
            "Une vidéo porte au plus 20 étiquettes, de 40 caractères au plus chacune."
        }
        ErrorCode::ThumbnailRefused => "L’image de la vignette n’est pas une image JPEG valable.",
        _ => "",
    }
}
