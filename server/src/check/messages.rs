use api::message::Fault;
use domain::settings::MailDoor;
use domain::{look_at_mail, look_at_slack};
use secrecy::ExposeSecret;

use super::{Finding, State};
use crate::settings::messages::Messages;

const SLACK: &str = "Slack";
const MAIL: &str = "E-mail";

/// Tries each channel that is configured, and sends nothing. None of them stops a start.
pub(super) async fn check(messages: &Messages) -> Vec<Finding> {
    let ignored = messages.ignored.iter().map(|problem| {
        let message = format!("{problem} ; le serveur démarre sans");
        Finding::new(problem.variable.name, State::Warning, message)
    });
    let mut found: Vec<_> = ignored.collect();
    if let Some(address) = &messages.channels.slack {
        found.push(slack(address.expose_secret()));
    }
    if let Some(mail) = &messages.channels.mail {
        let looked = look_at_mail(mail).await;
        found.push(looked.map_or_else(
            |fault| explained(fault, &mail.from, &mail.door),
            |()| {
                let message = format!("les e-mails partent de {}", mail.from);
                Finding::new(MAIL, State::Ok, message)
            },
        ));
    }
    found
}

fn slack(address: &str) -> Finding {
    if look_at_slack(address) {
        let message = "l’adresse a la forme d’un webhook ; un essai se fait depuis le tableau de bord, page Messages";
        return Finding::new(SLACK, State::Ok, message);
    }
    Finding::new(
        SLACK,
        State::Warning,
        "l’adresse n’a pas la forme d’un webhook Slack",
    )
    .advise("SLACK_WEBHOOK_URL : https://hooks.slack.com/services/… (Slack → Incoming Webhooks).")
}

fn explained(fault: Fault, from: &str, door: &MailDoor) -> Finding {
    let (who, key) = match door {
        MailDoor::SendGrid { .. } => ("SendGrid", "SENDGRID_API_KEY"),
        MailDoor::Smtp(_) => ("le serveur de messagerie", "SMTP_URL"),
    };
    let (message, advice) = match fault {
        Fault::SenderNotVerified => (
            format!("« sender not verified » : {who} n’accepte pas l’expéditeur {from}"),
            "SendGrid → Settings → Sender Authentication : vérifiez l’adresse de EMAIL_FROM."
                .to_owned(),
        ),
        Fault::KeyRefused => (
            format!("{who} refuse la clé ou le mot de passe"),
            format!("Vérifiez {key} ; une clé SendGrid a besoin du droit « Mail Send »."),
        ),
        Fault::TimedOut => (
            format!("« timeout » : {who} ne répond pas à temps"),
            format!("Vérifiez {key} ; certains hébergeurs ferment les ports 25 et 587."),
        ),
        Fault::Unreachable => (
            format!("{who} ne répond pas, ou n’accepte pas de connexion chiffrée"),
            format!("Vérifiez {key} ; certains hébergeurs ferment les ports 25 et 587."),
        ),
        _ => (
            format!("{who} ne prend pas d’e-mail pour le moment"),
            format!("Réessayez plus tard, puis vérifiez {key}."),
        ),
    };
    Finding::new(MAIL, State::Warning, message).advise(advice)
}
