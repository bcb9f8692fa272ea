//! Tauri adapters, one file per topic: convert, call the use case, convert. They are listed once, here.

mod actions;
mod activity;
mod chains;
mod connections;
mod deliveries;
mod doctor;
mod environment;
mod incidents;
mod publish;
mod runs;
mod scenarios;
mod settings;
mod setup;
mod sources;

use tauri::ipc::Invoke;

/// Every command of the page.
pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        environment::environment,
        environment::subscribe,
        connections::list_connections,
        connections::connection_defaults,
        connections::add_connection,
        connections::try_connection,
        connections::set_connection_mode,
        connections::use_connection,
        connections::delete_connection,
        connections::questions,
        connections::answer_question,
        environment::sandbox_status,
        environment::poller,
        sources::list_alert_sources,
        sources::alert_source,
        sources::create_alert_source,
        sources::rename_alert_source,
        sources::delete_alert_source,
        incidents::raise_incident,
        incidents::step_incident,
        incidents::publish_incident,
        actions::form_defaults,
        actions::list_alert_actions,
        actions::alert_action,
        actions::create_alert_action,
        actions::update_alert_action,
        actions::update_warning,
        actions::duplicate_alert_action,
        actions::delete_preview,
        actions::delete_alert_action,
        actions::envelopes,
        actions::export_alert_actions,
        actions::copies_for,
        actions::import_plan,
        actions::import_alert_actions,
        actions::permissions,
        chains::overview,
        chains::chain,
        chains::open_aws_page,
        chains::chain_code,
        chains::save_chain_code,
        chains::drift,
        chains::take_drift,
        chains::restore_drift,
        setup::adoptable,
        setup::adopt_chain,
        setup::load_draft,
        setup::save_draft,
        setup::discard_draft,
        setup::setup_plan,
        setup::setup_apply,
        setup::setup_cancel,
        setup::setup_undo,
        setup::pattern_check,
        setup::list_queues,
        setup::organization,
        publish::compose,
        publish::check_detail,
        publish::publish_event,
        publish::publish_again,
        publish::list_templates,
        publish::compose_template,
        publish::save_template,
        publish::delete_template,
        runs::start_run,
        runs::cancel_run,
        runs::take_up_runs,
        runs::prove,
        runs::list_runs,
        runs::run,
        runs::save_report,
        scenarios::list_scenarios,
        scenarios::scenario,
        scenarios::save_scenario,
        scenarios::delete_scenario,
        scenarios::import_scenario,
        scenarios::export_scenario,
        deliveries::deliveries,
        deliveries::delivery,
        deliveries::latency,
        doctor::diagnose,
        doctor::diagnose_live,
        doctor::cancel_diagnosis,
        doctor::repair,
        doctor::repair_check,
        doctor::undo_repair,
        doctor::rules_matching,
        doctor::list_faults,
        doctor::inject_fault,
        doctor::active_faults,
        doctor::retract_fault,
        doctor::reset_every_fault,
        activity::activity,
        activity::export_activity,
        settings::window_settings,
        settings::save_window_settings,
        settings::set_menu,
        settings::remove_menu,
    ]
}
