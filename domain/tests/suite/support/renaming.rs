//! A pooler that keeps prepared statements apart by itself, as Supavisor does with
//! `named_prepared_statements`: it gives each client's statements names of their own, and refuses to
//! forget them. It stands before `PgBouncer`, which lends the server connections.
//!
//! Source of the message formats: <https://www.postgresql.org/docs/current/protocol-message-formats.html>.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::servers;

static CLIENTS: AtomicU64 = AtomicU64::new(0);

/// Asks whether encryption is possible.
const ENCRYPTION: [u8; 4] = 80_877_103_u32.to_be_bytes();

/// The address of a fresh database, behind such a pooler.
pub fn renaming_database() -> String {
    static PORTS: OnceLock<(u16, u16)> = OnceLock::new();
    let behind = servers::pooled_database();
    let (pooler, own) = *PORTS.get_or_init(|| {
        let after_host = behind.rsplit(':').next().unwrap();
        let pooler = after_host.split('/').next().unwrap().parse().unwrap();
        (pooler, start(pooler))
    });
    behind.replace(&format!(":{pooler}/"), &format!(":{own}/"))
}

/// Starts one before the pooler at this port; gives its own.
fn start(pooler: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            thread::spawn(move || serve(client, pooler));
        }
    });
    port
}

fn serve(client: TcpStream, pooler: u16) {
    // Who left, on either side, takes the other along.
    let _ = carry(client, pooler);
}

fn carry(mut client: TcpStream, pooler: u16) -> io::Result<()> {
    let mut server = TcpStream::connect(("127.0.0.1", pooler))?;
    // Messages are small, and each waits for its answer.
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let prefix = format!("c{}_", CLIENTS.fetch_add(1, Ordering::Relaxed));
    let (mut answers, mut back) = (server.try_clone()?, client.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut answers, &mut back);
        let _ = back.shutdown(Shutdown::Both);
    });
    let outcome = ask(&mut client, &mut server, &prefix);
    let _ = server.shutdown(Shutdown::Both);
    outcome
}

fn ask(client: &mut TcpStream, server: &mut TcpStream, prefix: &str) -> io::Result<()> {
    // The first messages have no kind: perhaps a question for encryption, then the beginning.
    loop {
        let begin = body(client)?;
        send(server, None, &begin)?;
        if !begin.starts_with(&ENCRYPTION) {
            break;
        }
    }
    loop {
        let mut kind = [0];
        client.read_exact(&mut kind)?;
        let message = body(client)?;
        if kind == *b"Q" && message.starts_with(b"DEALLOCATE ALL\0") {
            refuse(client)?;
        } else {
            send(server, Some(kind[0]), &renamed(kind[0], message, prefix))?;
        }
    }
}

fn body(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    client.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(io::Error::other)?;
    let length = length.checked_sub(4).ok_or(ErrorKind::InvalidData)?;
    let mut body = vec![0; length];
    client.read_exact(&mut body)?;
    Ok(body)
}

fn send(to: &mut TcpStream, kind: Option<u8>, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len() + 4).map_err(io::Error::other)?;
    let mut message = Vec::from_iter(kind);
    message.extend(length.to_be_bytes());
    message.extend(body);
    to.write_all(&message)
}

/// Puts the prefix before the name of a statement, where a message has one.
fn renamed(kind: u8, mut message: Vec<u8>, prefix: &str) -> Vec<u8> {
    let place = match kind {
        // Parse: the name comes first.
        b'P' => Some(0),
        // Bind: after the portal's.
        b'B' => message
            .iter()
            .position(|byte| *byte == 0)
            .map(|end| end + 1),
        // Describe and Close, of a statement.
        b'D' | b'C' if message.first() == Some(&b'S') => Some(1),
        _ => None,
    };
    match place {
        // A statement without a name is nobody's.
        Some(place) if message.get(place) != Some(&0) => {
            message.splice(place..place, prefix.bytes());
            message
        }
        _ => message,
    }
}

/// An error within a transaction.
fn refuse(client: &mut TcpStream) -> io::Result<()> {
    let words = "SERROR\0VERROR\0CXX000\0M(EPSSIMPLEQUERY) DEALLOCATE ALL is not supported\0\0";
    send(client, Some(b'E'), words.as_bytes())?;
    send(client, Some(b'Z'), b"E")
}
