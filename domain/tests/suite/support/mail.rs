//! A mail server that keeps what it is given, and what a mail says.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::settings::{Channels, MailDoor, MailSettings};
use parking_lot::Mutex;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The mail server.
#[derive(Clone, Default)]
pub struct MailServer {
    address: String,
    taken: Arc<Mutex<Vec<Mail>>>,
}

/// One mail as it came.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// The lines that named who sends and who gets it.
    pub envelope: Vec<String>,
    data: String,
}

impl MailServer {
    /// Starts one on this machine.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let this = Self {
            address: listener.local_addr().unwrap().to_string(),
            ..Self::default()
        };
        let server = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        this
    }

    /// Mail alone, by this server.
    pub fn channels(&self) -> Channels {
        Channels {
            slack: None,
            mail: Some(MailSettings {
                from: "NeoPro <alertes@club.fr>".to_owned(),
                door: MailDoor::Smtp(format!("smtp://{}", self.address).into()),
            }),
        }
    }

    /// What came so far.
    pub fn taken(&self) -> Vec<Mail> {
        self.taken.lock().clone()
    }

    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let mut mail = Mail::default();
        stream.write_all(b"220 here ESMTP\r\n").await.ok()?;
        loop {
            let line = read(&mut stream).await?;
            let answer = match line.split([' ', ':']).next()? {
                "EHLO" => "250-here\r\n250 8BITMIME",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                "MAIL" | "RCPT" => {
                    mail.envelope.push(line.clone());
                    "250 ok"
                }
                _ => "250 ok",
            };
            stream.write_all(answer.as_bytes()).await.ok()?;
            stream.write_all(b"\r\n").await.ok()?;
            if line != "DATA" {
                continue;
            }
            loop {
                let line = read(&mut stream).await?;
                if line == "." {
                    break;
                }
                mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                mail.data.push_str("\r\n");
            }
            self.taken.lock().push(std::mem::take(&mut mail));
            stream.write_all(b"250 taken\r\n").await.ok()?;
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let bytes = stream.read_line(&mut line).await.ok()?;
    (bytes > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

impl Mail {
    /// Its subject, decoded.
    pub fn subject(&self) -> String {
        let (head, _) = self.data.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ");
        let line = head.lines().find_map(|line| line.strip_prefix("Subject: "));
        let mut subject = String::new();
        let mut was_encoded = true;
        for word in line.unwrap().split(' ') {
            let encoded = word.strip_prefix("=?utf-8?b?");
            let encoded = encoded.and_then(|word| word.strip_suffix("?="));
            // Blanks between encoded words are none.
            let is_joined = was_encoded && encoded.is_some();
            if !subject.is_empty() && !is_joined {
                subject.push(' ');
            }
            was_encoded = encoded.is_some();
            match encoded {
                Some(text) => {
                    let bytes = BASE64_STANDARD.decode(text).unwrap();
                    subject.push_str(&String::from_utf8(bytes).unwrap());
                }
                None => subject.push_str(word),
            }
        }
        subject
    }

    /// What its part of this type says, decoded.
    pub fn part(&self, content_type: &str) -> String {
        let named = format!("Content-Type: {content_type}");
        let (_, part) = self.data.split_once(&named).unwrap();
        let (head, body) = part.split_once("\r\n\r\n").unwrap();
        let (body, _) = body.split_once("\r\n--").unwrap();
        let head = head.to_lowercase();
        if head.contains("base64") {
            let joined: String = body.split_whitespace().collect();
            return String::from_utf8(BASE64_STANDARD.decode(joined).unwrap()).unwrap();
        }
        if head.contains("quoted-printable") {
            return unquoted(body);
        }
        body.to_owned()
    }
}

fn unquoted(body: &str) -> String {
    let mut bytes = Vec::new();
    let body = body.replace("=\r\n", "");
    let mut rest = body.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = (*first == b'=').then(|| hex::decode(&tail[..2]).unwrap()[0]);
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap()
}
