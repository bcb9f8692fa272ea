//! All tables' migrations in one list.

use crate::migrate::Migration;
use crate::table;

/// Every migration of every table, in the order in which they are applied.
pub(crate) fn all() -> Vec<Migration> {
    let mut migrations: Vec<Migration> = [
        table::sequence::MIGRATIONS,
        table::connection::MIGRATIONS,
        table::alert_source::MIGRATIONS,
        table::alert_action::MIGRATIONS,
        table::incident::MIGRATIONS,
        table::call::MIGRATIONS,
        table::setting::MIGRATIONS,
        table::chain::MIGRATIONS,
        table::draft::MIGRATIONS,
        table::run::MIGRATIONS,
        table::publication::MIGRATIONS,
        table::arrival::MIGRATIONS,
        table::run_drift::MIGRATIONS,
        table::scenario::MIGRATIONS,
        table::run_evidence::MIGRATIONS,
        table::probe::MIGRATIONS,
        table::attempt::MIGRATIONS,
        table::moment::MIGRATIONS,
        table::again::MIGRATIONS,
        table::template::MIGRATIONS,
        table::clock::MIGRATIONS,
    ]
    .concat();
    migrations.sort_by_key(|migration| migration.id);
    migrations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_has_an_id_of_its_own_that_begins_with_a_date() {
        let all = all();
        assert!(all.windows(2).all(|pair| pair[0].id < pair[1].id), "ids are unique");
        for migration in all {
            let date: Vec<&str> = migration.id.splitn(4, '-').collect();
            let is_dated = date.len() == 4 && date[..3].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
            assert!(is_dated, "{} begins with year-month-day", migration.id);
        }
    }
}
