//! A stand-in for Slack and SendGrid: takes what is posted over real HTTP, and answers as it is told.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::settings::{Channels, MailDoor, MailSettings};
use parking_lot::Mutex;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What was posted: the path and the body.
type Posted = Arc<Mutex<Vec<(String, Value)>>>;

/// The stand-in.
#[derive(Clone)]
pub struct Post {
    /// Its address.
    pub url: String,
    posted: Posted,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
}

impl Post {
    /// Starts one that takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let this = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            posted: Arc::default(),
            answers: Arc::default(),
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

    /// The next requests are answered so: a status line and headers.
    pub fn answer(&self, answers: &[&'static str]) {
        self.answers.lock().extend(answers);
    }

    /// What was posted to a path.
    pub fn posted(&self, path: &str) -> Vec<Value> {
        let posted = self.posted.lock();
        let to = posted.iter().filter(|(to, _)| to == path);
        to.map(|(_, body)| body.clone()).collect()
    }

    /// Slack and SendGrid, both here.
    pub fn channels(&self) -> Channels {
        Channels {
            slack: Some(format!("{}/slack", self.url).into()),
            mail: Some(MailSettings {
                from: "NeoPro <alertes@club.fr>".to_owned(),
                door: MailDoor::SendGrid {
                    url: self.url.clone(),
                    key: "SG.s3cret".into(),
                },
            }),
        }
    }

    async fn serve(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let mut first = String::new();
        stream.read_line(&mut first).await.ok()?;
        let path = first.split(' ').nth(1)?.to_owned();
        let mut length = 0;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.ok()?;
            let line = line.trim().to_lowercase();
            if let Some(bytes) = line.strip_prefix("content-length:") {
                length = bytes.trim().parse().ok()?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let body = serde_json::from_slice(&body).unwrap_or_default();
        self.posted.lock().push((path, body));
        let answer = self.answers.lock().pop_front().unwrap_or("200 OK");
        let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.ok()
    }
}
