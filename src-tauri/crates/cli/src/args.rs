//! The arguments as typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use waybill_console::BusPermissions;

/// Proof of delivery for iLert alerts on Amazon EventBridge.
#[derive(Debug, Parser)]
#[command(name = "waybill", version, about, max_term_width = 100)]
pub struct Arguments {
    /// What every command takes.
    #[command(flatten)]
    pub shared: Shared,
    /// What to do; without a command the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Shared {
    /// Where Waybill keeps its data [default: $XDG_DATA_HOME/waybill]
    #[arg(long, value_name = "DIR", env = "WAYBILL_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// The connection to use [default: sandbox]
    #[arg(long, value_name = "NAME", global = true)]
    pub connection: Option<String>,
    /// How to answer
    #[arg(long, value_enum, default_value = "human", global = true)]
    pub format: Format,
    /// Send what a connection that asks before every write asks about
    #[arg(long, global = true)]
    pub yes: bool,
    /// Say more on standard error; twice for everything
    #[arg(short, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
}

/// How to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people.
    Human,
    /// JSON for programs.
    Json,
    /// JUnit's XML, of a run.
    Junit,
    /// One HTML file, of a run.
    Html,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Publish events and prove which of them were delivered
    Verify(Verify),
    /// Alert sources
    #[command(subcommand)]
    Sources(Sources),
    /// Alert actions
    #[command(subcommand)]
    Actions(Actions),
    /// The ways to AWS; credentials are never kept, they come from the AWS SDK's own chain
    #[command(subcommand)]
    Connections(Connections),
    /// Runs that were made
    #[command(subcommand)]
    Runs(Runs),
    /// Named life cycles of an incident, with delays
    #[command(subcommand)]
    Scenarios(Scenarios),
    /// The chain from partner event source to queue
    #[command(subcommand)]
    Setup(Setup),
    /// Why events do not arrive, and the repair
    Doctor(Doctor),
    /// Chains that somebody made by hand; with an alert action, take one into its record, which changes nothing on AWS
    Adopt(Adopt),
    /// Where a chain differs from its record: 0 nowhere · 1 somewhere
    Drift(Drift),
    /// A chain as code that makes it again: Terraform, CloudFormation, or a script for the AWS CLI
    Export(Export),
    /// The IAM policy that a task on a chain needs, and nothing more
    Policy(Policy),
    /// Event patterns
    #[command(subcommand)]
    Pattern(Pattern),
    /// The embedded sandbox
    #[command(subcommand)]
    Sandbox(Sandbox),
    /// Measure how fast an EventBridge and SQS endpoint on this machine is
    Bench(Bench),
}

/// `waybill verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The alert action, by name or id [default: the only one, else a demo action]
    pub action: Option<String>,
    /// Event types: all, or names with commas between them [default: the action's own]
    #[arg(long, value_name = "TYPES")]
    pub events: Option<String>,
    /// Events in all, cycling through the types [default: one of each]
    #[arg(long, value_name = "N")]
    pub count: Option<String>,
    /// Events per second [default: as fast as it goes]
    #[arg(long, value_name = "N/s")]
    pub rate: Option<String>,
    /// Requests to publish that are open at once; without, as many as the number of events is worth.
    #[arg(long, value_name = "N")]
    pub publishers: Option<String>,
    /// Publish the steps of a scenario instead of types and counts
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// How the queue is read: consume, peek or mirror [default: as is right for it]
    #[arg(long, value_name = "MODE")]
    pub reading: Option<String>,
    /// How long an event may take [default: 30s]
    #[arg(long, value_name = "TIME")]
    pub timeout: Option<String>,
    /// Who publishes: partner, or rehearsal for a twin bus that is removed afterwards [default: partner on the sandbox, else rehearsal]
    #[arg(long, value_name = "MODE")]
    pub mode: Option<String>,
    /// Have the event bus log the way of the events while the run goes on; afterwards it logs as before
    #[arg(long)]
    pub bus_logging: bool,
    /// Write the answer to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `waybill sources`.
#[derive(Debug, Subcommand)]
pub enum Sources {
    /// Make an alert source
    Create {
        /// Its name
        #[arg(long)]
        name: String,
    },
    /// All alert sources
    List,
    /// One alert source with its alert actions and incidents
    Show {
        /// Name or number
        source: String,
    },
    /// Delete an alert source that has no alert actions
    Delete {
        /// Name or number
        source: String,
    },
}

/// `waybill actions`.
#[derive(Debug, Subcommand)]
pub enum Actions {
    /// Make an alert action; on the sandbox its partner event source appears at once
    Create(CreateAction),
    /// All alert actions
    List,
    /// One alert action
    Show {
        /// Name or id
        action: String,
    },
    /// Delete an alert action, and on the sandbox its partner event source
    Delete {
        /// Name or id
        action: String,
    },
    /// Alert actions as JSON, as they are imported; it holds no secrets
    Export {
        /// Names or ids [default: all]
        actions: Vec<String>,
        /// Write it to a file
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Make and change alert actions by name, as a JSON document says
    Import {
        /// The file
        file: PathBuf,
        /// Only tell what would be made and changed
        #[arg(long)]
        dry_run: bool,
    },
    /// Make a copy of an alert action on each of other alert sources
    Duplicate {
        /// Name or id
        action: String,
        /// An alert source; made where it does not exist
        #[arg(long, value_name = "NAME", required = true)]
        to: Vec<String>,
    },
}

/// `waybill actions create`.
#[derive(Debug, Args)]
pub struct CreateAction {
    /// Its unique name
    #[arg(long)]
    pub name: String,
    /// The alert source; made where it does not exist
    #[arg(long)]
    pub alert_source: String,
    /// The 12-digit AWS account that receives the events
    #[arg(long)]
    pub account: String,
    /// The AWS region of the event bus
    #[arg(long)]
    pub region: String,
    /// automatic or manual
    #[arg(long)]
    pub trigger_mode: String,
    /// all, or event types with commas between them
    #[arg(long)]
    pub events: String,
    /// The partner event source that iLert made, where Waybill does not make it itself; see `waybill setup inbox`
    #[arg(long, value_name = "NAME")]
    pub event_source: Option<String>,
}

/// `waybill connections`.
#[derive(Debug, Subcommand)]
pub enum Connections {
    /// Add a connection; nothing is sent
    Add(Box<AddConnection>),
    /// All connections
    List,
    /// Who the caller is, how long the credentials last, and where requests really go: 0 usable · 3 not reachable or no credentials
    Show {
        /// Its name
        name: String,
    },
    /// What becomes of requests that write: free, ask or read-only
    Mode {
        /// Its name
        name: String,
        /// free, ask or read-only
        mode: String,
    },
    /// Delete a connection; nothing in AWS changes
    Delete {
        /// Its name
        name: String,
    },
}

/// `waybill connections add`.
#[derive(Debug, Args)]
pub struct AddConnection {
    /// Its unique name: letters, digits, `.`, `-` and `_`
    pub name: String,
    /// aws, or endpoint for another one that speaks AWS's protocols
    #[arg(long)]
    pub kind: String,
    /// The AWS region
    #[arg(long)]
    pub region: String,
    /// A profile of the AWS configuration files [default: as the AWS SDK chooses]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// A role to assume
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<String>,
    /// The endpoint's address, for every service that has none of its own
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// EventBridge's own address
    #[arg(long, value_name = "URL")]
    pub eventbridge_url: Option<String>,
    /// SQS's own address
    #[arg(long, value_name = "URL")]
    pub sqs_url: Option<String>,
    /// STS's own address
    #[arg(long, value_name = "URL")]
    pub sts_url: Option<String>,
    /// Organizations' own address
    #[arg(long, value_name = "URL")]
    pub organizations_url: Option<String>,
    /// What becomes of requests that write: free, ask or read-only [default: free]
    #[arg(long)]
    pub mode: Option<String>,
    /// How long to wait after own changes before publishing; less only for an endpoint [default: 60s]
    #[arg(long, value_name = "TIME")]
    pub settle: Option<String>,
}

/// `waybill runs`.
#[derive(Debug, Subcommand)]
pub enum Runs {
    /// All runs, newest first
    List,
    /// One run with its events
    Show {
        /// The run's id
        run: String,
        /// Write the answer to a file
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Whether a report is as Waybill wrote it: 0 intact, 1 altered, 2 not a report
    Verify {
        /// A report as JSON or HTML
        file: PathBuf,
    },
}

/// `waybill scenarios`.
#[derive(Debug, Subcommand)]
pub enum Scenarios {
    /// All scenarios
    List,
    /// One scenario with its steps
    Show {
        /// Its name
        scenario: String,
    },
    /// Keep a scenario from its JSON
    Import {
        /// The file
        file: PathBuf,
        /// Take the place of one with the same name
        #[arg(long)]
        replace: bool,
    },
    /// A scenario's JSON, as it is imported
    Export {
        /// Its name
        scenario: String,
        /// Write it to a file
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Delete a scenario that is not built in
    Delete {
        /// Its name
        scenario: String,
    },
}

/// `waybill setup`.
#[derive(Debug, Subcommand)]
pub enum Setup {
    /// What a set-up would call; writes nothing
    Plan(SetupArguments),
    /// Set the chain up, or finish it
    Apply(SetupArguments),
    /// The partner event sources of the account and region, each with its next step
    Inbox,
    /// The chain as it is
    Status {
        /// The alert action, by name or id [default: the only one]
        action: Option<String>,
    },
    /// Take back exactly what Waybill made
    Undo {
        /// The alert action, by name or id [default: the only one]
        action: Option<String>,
    },
}

/// `waybill setup plan` and `apply`.
#[derive(Debug, Args)]
pub struct SetupArguments {
    /// The alert action, by name or id [default: the only one]
    pub action: Option<String>,
    /// The rule's name
    #[arg(long, value_name = "NAME")]
    pub rule: Option<String>,
    /// A file with the rule's event pattern [default: All Events]
    #[arg(long, value_name = "FILE")]
    pub pattern: Option<PathBuf>,
    /// An SQS queue that exists [default: one is made]
    #[arg(long, value_name = "NAME")]
    pub queue: Option<String>,
}

/// `waybill doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// The alert action, by name or id [default: the only one]
    pub action: Option<String>,
    /// Repair what is found, and prove the chain again
    #[arg(long, conflicts_with = "undo")]
    pub fix: bool,
    /// Take the newest repair back
    #[arg(long)]
    pub undo: bool,
}

/// `waybill adopt`.
#[derive(Debug, Args)]
pub struct Adopt {
    /// The alert action, by name or id; without, every chain that could be adopted is listed
    pub action: Option<String>,
    /// The rule, where there are several
    #[arg(long, value_name = "NAME")]
    pub rule: Option<String>,
    /// The queue, where there are several
    #[arg(long, value_name = "NAME")]
    pub queue: Option<String>,
}

/// `waybill drift`.
#[derive(Debug, Args)]
pub struct Drift {
    /// The alert action, by name or id [default: the only one]
    pub action: Option<String>,
    /// Record what AWS has; AWS stays as it is
    #[arg(long, conflicts_with_all = ["restore", "undo"])]
    pub take: bool,
    /// Put AWS back as it is recorded
    #[arg(long, conflicts_with = "undo")]
    pub restore: bool,
    /// Take the newest restoration or repair back
    #[arg(long)]
    pub undo: bool,
}

/// `waybill export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The alert action, by name or id [default: the only one]
    pub action: Option<String>,
    /// terraform, cloudformation or cli
    #[arg(long = "as", value_name = "KIND")]
    pub kind: String,
    /// Write it to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `waybill policy`.
#[derive(Debug, Args)]
pub struct Policy {
    /// The alert action, by name or id [default: the only one]
    pub action: Option<String>,
    /// observe, setup, prove or repair
    #[arg(long, value_name = "TASK")]
    pub task: String,
    /// How a proof's events come about: partner, alert or rehearsal [default: partner on the sandbox, else rehearsal]
    #[arg(long, value_name = "MODE")]
    pub mode: Option<String>,
    /// Write the policy to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `waybill pattern`.
#[derive(Debug, Subcommand)]
pub enum Pattern {
    /// Whether an event matches a pattern: 0 it does, 1 it does not, 2 invalid
    Test {
        /// A file with the event pattern
        #[arg(long, value_name = "FILE")]
        pattern: PathBuf,
        /// A file with the event
        #[arg(long, value_name = "FILE")]
        event: PathBuf,
    },
    /// Which rules of an alert action's event bus an event would match: 0 at least one, 1 none
    Rules {
        /// The alert action, by name or id [default: the only one]
        action: Option<String>,
        /// A file with the event
        #[arg(long, value_name = "FILE")]
        event: PathBuf,
        /// Ask AWS too (TestEventPattern), and show where it does not agree
        #[arg(long)]
        ask_aws: bool,
    },
}

/// `waybill sandbox`.
#[derive(Debug, Subcommand)]
pub enum Sandbox {
    /// Serve EventBridge, SQS, STS and Organizations on loopback until stopped; the first line says where and with which keys
    Serve(Serve),
    /// Break a chain of the sandbox on purpose, and put it back
    #[command(subcommand)]
    Faults(Faults),
    /// What runs in the background for as long as a program uses the sandbox
    #[command(hide = true)]
    Host(Host),
}

/// `waybill sandbox faults`.
#[derive(Debug, Subcommand)]
pub enum Faults {
    /// Every fault, and which are in force
    List {
        /// The alert action, by name or id [default: the only one]
        action: Option<String>,
    },
    /// Break the chain of an alert action
    Inject {
        /// The fault's id
        fault: String,
        /// The alert action, by name or id [default: the only one]
        action: Option<String>,
    },
    /// Put everything back as it was before the first fault
    Reset {
        /// The alert action, by name or id [default: the only one]
        action: Option<String>,
    },
}

/// `waybill sandbox serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on [default: 127.0.0.1:0]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Keep nothing
    #[arg(long)]
    pub ephemeral: bool,
    /// Permissions on partner buses: today (refused) or 2021 (accepted)
    #[arg(long, value_name = "WHEN")]
    pub partner_bus_permissions: Option<String>,
    /// The customer's account [default: 123456789012]
    #[arg(long, value_name = "DIGITS")]
    pub account_id: Option<String>,
}

/// `waybill bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// Where it is, for example http://127.0.0.1:4566 [default: as the line says]
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
    /// A file with the line that `sandbox serve` printed, or - for standard input [default: keys of the environment]
    #[arg(long, value_name = "FILE")]
    pub line: Option<PathBuf>,
    /// How many events
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub events: u32,
    /// Events per second, one per request [default: as fast as it goes, ten per request]
    #[arg(long, value_name = "N")]
    pub rate: Option<f64>,
    /// Connections that publish
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub publishers: u32,
    /// Connections that receive and delete; with 0 everything stays in the queue
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub receivers: u32,
    /// Which way events go
    #[arg(long, value_enum, default_value = "partner")]
    pub via: Route,
    /// The process that serves the endpoint, to tell its CPU time and memory (Linux)
    #[arg(long, value_name = "PID")]
    pub pid: Option<u32>,
}

/// Which way events go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Route {
    /// PutPartnerEvents through a partner event source.
    Partner,
    /// PutEvents on a custom bus.
    Custom,
}

/// The sandbox in the background.
#[derive(Debug, Args)]
pub struct Host {
    /// The address to take where it is free.
    #[arg(long)]
    pub prefer: Option<SocketAddr>,
    /// Permissions on partner buses.
    #[arg(long, value_parser = permissions)]
    pub partner_bus_permissions: BusPermissions,
}

/// Reads `today` or `2021`.
pub fn permissions(text: &str) -> Result<BusPermissions, String> {
    match text {
        "today" => Ok(BusPermissions::Today),
        "2021" => Ok(BusPermissions::Year2021),
        other => Err(format!("`{other}` is neither today nor 2021")),
    }
}
