use domain::settings::BucketAddress;
use domain::{BucketFault, BucketLook, look_at_bucket};

use super::{Finding, State, supabase};

const S3: &str = "Stockage S3";

pub(super) async fn check(address: Option<&BucketAddress>) -> Vec<Finding> {
    match address {
        None => Vec::new(),
        Some(BucketAddress::S3(s3)) => {
            let looked = look_at_bucket(&BucketAddress::S3(s3.clone())).await;
            vec![looked.map_or_else(|fault| explained(fault, &s3.endpoint), |_| well())]
        }
        Some(BucketAddress::Supabase(project)) => {
            let mut found = supabase::check(project).await;
            if found.iter().all(|finding| finding.state == State::Ok) {
                let looked = look_at_bucket(&BucketAddress::Supabase(project.clone())).await;
                found.extend(looked.ok().map(door));
            }
            found
        }
    }
}

fn well() -> Finding {
    Finding::new(S3, State::Ok, "le bucket « videos » répond")
}

fn door(look: BucketLook) -> Finding {
    let message = match look {
        BucketLook::S3 => "les fichiers passent par le protocole S3 du projet",
        BucketLook::Supabase => "les fichiers passent par l’API de stockage du projet",
    };
    Finding::new(supabase::STORAGE, State::Ok, message)
}

fn explained(fault: BucketFault, endpoint: &str) -> Finding {
    let (message, advice) = match fault {
        BucketFault::Unreachable(cause) => (
            format!("{endpoint} ne répond pas ({cause})"),
            "Vérifiez S3_ENDPOINT et S3_REGION.",
        ),
        BucketFault::Refused => (
            "la clé est refusée, ou n’ouvre pas le bucket « videos »".to_owned(),
            "Vérifiez S3_ACCESS_KEY_ID et S3_SECRET_ACCESS_KEY, les droits de la clé et l’horloge de cette machine.",
        ),
        BucketFault::Missing => (
            "le bucket « videos » n’existe pas".to_owned(),
            "Créez-le chez le fournisseur, avec ce nom exact ; il peut rester privé.",
        ),
    };
    Finding::new(S3, State::Failed, message).advise(advice)
}
