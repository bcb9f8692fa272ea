//! A chain that was never set up.

use waybill_diagnosis::Case;
use waybill_domain::{ActionId, ActionSettings, AlertAction, AlertSource, AlertSourceId, EventTypes, Timestamp, TriggerMode};
use waybill_setup::{ChainRecord, ChainSpec};

pub fn case() -> Case {
    let settings = ActionSettings {
        name: "Ops".parse().unwrap(),
        trigger_mode: TriggerMode::Automatic,
        event_types: EventTypes::all(),
        account: "123456789012".parse().unwrap(),
        region: "eu-central-1".parse().unwrap(),
    };
    let source = "aws.partner/ilert.com/test/1".parse().unwrap();
    let spec = ChainSpec::suggested(source, settings.account.clone(), settings.region.clone());
    let id: ActionId = "00000000-0000-4000-8000-000000000007".parse().unwrap();
    Case {
        action: AlertAction { id, alert_source: AlertSource { id: AlertSourceId(1), name: "Test".into() }, settings },
        action_changed_at: Timestamp::from_millis(0),
        chain: ChainRecord::new(spec, Timestamp::from_millis(0)),
        changes_at_once: true,
        is_read: false,
        last_run: None,
        proven_at: None,
        now: Timestamp::from_millis(1_800_000_000_000),
    }
}

pub fn now() -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000)
}
