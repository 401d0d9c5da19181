//! What the domain writes to its log.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, Once};

use tracing_subscriber::fmt::MakeWriter;

/// A log that is kept.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// All of it.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

thread_local! {
    static KEPT: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// Writes to the log that this thread keeps, if it does.
struct OfThisThread;

impl MakeWriter<'_> for OfThisThread {
    type Writer = Box<dyn io::Write>;

    fn make_writer(&self) -> Self::Writer {
        KEPT.with_borrow(|kept| -> Self::Writer {
            match kept {
                Some(log) => Box::new(log.clone()),
                None => Box::new(io::sink()),
            }
        })
    }
}

/// While it lives, the log is kept.
pub struct Keeping;

impl Drop for Keeping {
    fn drop(&mut self) {
        KEPT.set(None);
    }
}

/// Keeps what this test's thread logs until the guard is dropped.
pub fn log() -> (Log, Keeping) {
    // One subscriber for all threads: those that come and go race for what is worth logging.
    static SUBSCRIBER: Once = Once::new();
    SUBSCRIBER.call_once(|| {
        let all = tracing_subscriber::fmt().with_writer(OfThisThread);
        all.with_ansi(false).init();
    });
    let log = Log::default();
    KEPT.set(Some(log.clone()));
    (log, Keeping)
}
