//! As many requests as fit into a while, over a fixed number of connections.

use std::time::{Duration, Instant};

use http::{HeaderMap, Request, StatusCode};

use crate::connection::{Connection, Server};
use crate::failure::Failure;

/// What every connection asks again and again.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    /// The answer that counts; any other ends the measure.
    pub(crate) expected: StatusCode,
}

/// Answers per second.
pub(crate) async fn rate(
    server: &Server,
    question: &Question,
    connections: usize,
    time: Duration,
) -> Result<f64, Failure> {
    let start = Instant::now();
    let askers: Vec<_> = (0..connections)
        .map(|_| tokio::spawn(ask(server.clone(), question.clone(), start + time)))
        .collect();
    let mut answers = 0;
    for asker in askers {
        answers += asker.await.map_err(std::io::Error::other)??;
    }
    Ok(f64::from(answers) / start.elapsed().as_secs_f64())
}

async fn ask(server: Server, question: Question, end: Instant) -> Result<u32, Failure> {
    let mut connection = Connection::to(&server);
    connection.headers = question.headers;
    let mut answers = 0;
    while Instant::now() < end {
        let request = Request::get(&question.path);
        let answer = connection.send(request, bytes::Bytes::new()).await?;
        if answer.status != question.expected {
            let status = answer.status;
            answer.accepted()?;
            return Err(Failure::unmet(format!(
                "{} answered {status}",
                question.path
            )));
        }
        answers += 1;
    }
    Ok(answers)
}
