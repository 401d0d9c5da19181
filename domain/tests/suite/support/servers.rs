//! PostgreSQL and `PgBouncer`, started once for the test program and gone with it.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Another one by `PGBOUNCER`, with lines of its own by `PGBOUNCER_SETTINGS`.
const PGBOUNCER: &str = "/usr/sbin/pgbouncer";
const POSTGRES: &str = "/usr/lib/postgresql";
const PATIENCE: Duration = Duration::from_secs(30);
/// Runs a server until standard input ends, which it does however the test program ends.
/// What stops the test program by its group must not stop the guard before it tidied up.
const GUARD: &str = r#"trap '' HUP INT TERM
folder=$1; signal=$2; shift 2
"$@" & server=$!
cat > /dev/null
kill -"$signal" $server; wait $server
rm -rf "$folder""#;

static SERVERS: OnceLock<Servers> = OnceLock::new();

/// The address of a fresh database, behind the pooler.
pub fn pooled_database() -> String {
    address(servers().pooler_port)
}

/// A fresh database behind this port.
fn address(port: u16) -> String {
    let name = servers().create_database();
    format!("postgresql://neopro@127.0.0.1:{port}/{name}")
}

/// The address of a fresh database, behind a pooler that lets every start-up parameter pass.
pub fn quietly_pooled_database() -> String {
    address(servers().quiet_pooler_port)
}

/// The address of a fresh database, without a pooler.
pub fn direct_database() -> String {
    address(servers().port)
}

/// Runs one of PostgreSQL's own programs; gives what it prints.
pub fn client(program: &str, arguments: &[&str]) -> Vec<u8> {
    let output = run(program, arguments);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {complaint}");
    output.stdout
}

/// The same; also where it fails.
pub fn run(program: &str, arguments: &[&str]) -> Output {
    servers().run(program, arguments)
}

fn servers() -> &'static Servers {
    SERVERS.get_or_init(Servers::start)
}

struct Servers {
    binaries: PathBuf,
    port: u16,
    pooler_port: u16,
    quiet_pooler_port: u16,
    databases: AtomicU32,
    #[expect(dead_code, reason = "their end ends the servers")]
    guards: [Child; 3],
}

impl Servers {
    fn start() -> Self {
        let binaries = binaries();
        let (port, pooler_port, quiet_pooler_port) = (free_port(), free_port(), free_port());
        let postgres = start_postgres(&binaries, port);
        let pooler = start_pooler(port, pooler_port, "");
        let quiet_pooler = start_pooler(port, quiet_pooler_port, "extra_float_digits");
        wait_for(port);
        wait_for(pooler_port);
        wait_for(quiet_pooler_port);
        let servers = Self {
            binaries,
            port,
            pooler_port,
            quiet_pooler_port,
            databases: AtomicU32::new(0),
            guards: [postgres, pooler, quiet_pooler],
        };
        servers.wait_until_ready();
        servers
    }

    /// An open port is not yet a server that takes connections.
    fn wait_until_ready(&self) {
        let end = Instant::now() + PATIENCE;
        let port = self.port.to_string();
        let ready = || {
            Command::new(self.binaries.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &port])
                .status()
                .is_ok_and(|status| status.success())
        };
        while !ready() {
            assert!(Instant::now() < end, "PostgreSQL did not start");
            sleep(Duration::from_millis(50));
        }
    }

    fn create_database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        let created = self.run("createdb", &[&name]);
        assert!(created.status.success(), "{created:?}");
        name
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        Command::new(self.binaries.join(program))
            .args(["-h", "127.0.0.1", "-U", "neopro", "-p"])
            .arg(self.port.to_string())
            .args(arguments)
            .output()
            .unwrap()
    }
}

/// The newest installed PostgreSQL.
fn binaries() -> PathBuf {
    let versions = fs::read_dir(POSTGRES).into_iter().flatten().flatten();
    let newest = versions
        .map(|version| version.path().join("bin"))
        .filter(|path| path.join("initdb").exists())
        .max();
    let sentence =
        "these tests need PostgreSQL and PgBouncer: apt-get install postgresql pgbouncer";
    assert!(Path::new(PGBOUNCER).exists(), "{sentence}");
    newest.expect(sentence)
}

fn start_postgres(binaries: &Path, port: u16) -> Child {
    let folder = folder();
    let data = folder.join("data");
    let output = unprivileged(&binaries.join("initdb"))
        .args([
            "--no-sync",
            "--auth=trust",
            "--username=neopro",
            "--encoding=UTF8",
            "--locale=C",
            "-D",
        ])
        .arg(&data)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "initdb: {complaint}");
    let mut server = unprivileged(&binaries.join("postgres"));
    server.arg("-D").arg(&data).arg("-k").arg(&folder);
    server.args(["-h", "127.0.0.1", "-p", &port.to_string()]);
    // The machine's disk is not what is tested.
    for setting in ["fsync=off", "full_page_writes=off", "max_connections=300"] {
        server.args(["-c", setting]);
    }
    guarded(&server, &folder, "INT")
}

fn start_pooler(port: u16, pooler_port: u16, ignored: &str) -> Child {
    let folder = folder();
    let file = folder.join("pgbouncer.ini");
    let more = std::env::var("PGBOUNCER_SETTINGS").unwrap_or_default();
    let program = std::env::var("PGBOUNCER").unwrap_or_else(|_| PGBOUNCER.to_owned());
    let settings = format!(
        "[databases]\n* = host=127.0.0.1 port={port} user=neopro\n\
         [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {pooler_port}\nunix_socket_dir =\n\
         auth_type = any\npool_mode = transaction\ndefault_pool_size = 2\nmax_db_connections = 2\n\
         max_client_conn = 500\nserver_idle_timeout = 5\nignore_startup_parameters = {ignored}\n{more}\n"
    );
    fs::write(&file, settings).unwrap();
    let mut server = unprivileged(Path::new(&program));
    server.arg("-q").arg(&file);
    guarded(&server, &folder, "TERM")
}

/// Both servers refuse to run as root.
fn unprivileged(program: &Path) -> Command {
    let is_root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    if !is_root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]);
    command.arg(program).current_dir("/");
    command
}

/// `signal` is the one that ends this server at once.
pub fn guarded(server: &Command, folder: &Path, signal: &str) -> Child {
    let log = fs::File::create(folder.join("log")).unwrap();
    Command::new("sh")
        .args(["-c", GUARD, "guard"])
        .arg(folder)
        .arg(signal)
        .arg(server.get_program())
        .args(server.get_args())
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// A folder that the unprivileged user may write to.
pub fn folder() -> PathBuf {
    let folder = tempfile::Builder::new()
        .prefix("neopro-test-")
        .tempdir()
        .unwrap()
        .keep();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    folder
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

pub fn wait_for(port: u16) {
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < end, "no server on port {port}");
        sleep(Duration::from_millis(20));
    }
}
