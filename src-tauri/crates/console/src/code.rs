//! A chain as code that makes it again.

use waybill_setup::{ChainSpec, ExportKind, SettingsRead, export, read_settings, requests};
use waybill_store::ActionRow;

use crate::setup::setup_error;
use crate::view::{ChainCode, CodeKind, CodeRequest, Exported};
use crate::{Console, Error};

impl Console {
    /// An alert action's chain as Terraform, CloudFormation or a script for the AWS CLI, from what AWS says of it now; what is not there is
    /// as a set-up would make it.
    ///
    /// # Errors
    /// When there is no such action or kind, its partner event source is not known, or the chain cannot be read.
    pub async fn chain_code(&self, action: Option<&str>, kind: &str) -> Result<ChainCode, Error> {
        let kind: ExportKind = kind.parse()?;
        let row = self.named_action(action).await?;
        let read = self.read_chain_settings(&row).await?;
        let name = row.action.settings.name.to_string();
        Ok(ChainCode {
            schema: "waybill.export/1",
            kind: match kind {
                ExportKind::Terraform => CodeKind::Terraform,
                ExportKind::CloudFormation => CodeKind::Cloudformation,
                ExportKind::Cli => CodeKind::Cli,
            },
            file_name: kind.file_name().to_owned(),
            text: export(kind, &name, &read.settings, &read.notes),
            requests: requests(&read.settings).into_iter().map(CodeRequest::from).collect(),
            notes: read.notes,
            action: name,
        })
    }

    /// Writes an alert action's chain as code to a new file in the data folder's `exports`.
    ///
    /// # Errors
    /// As [`Console::chain_code`], and when the file cannot be written.
    pub async fn save_chain_code(&self, action_id: &str, kind: &str) -> Result<Exported, Error> {
        let code = self.chain_code(Some(action_id), kind).await?;
        let (name, ending) = code.file_name.rsplit_once('.').unwrap_or((&code.file_name, "txt"));
        let rows = code.text.lines().count() as u64;
        let path = self.write_export((name, ending), code.text.clone()).await?;
        Ok(Exported { path, rows })
    }

    /// The chain that an alert action has, or would get, with all its settings.
    pub(crate) async fn read_chain_settings(&self, row: &ActionRow) -> Result<SettingsRead, Error> {
        let settings = &row.action.settings;
        let spec = match self.chain_record(row.action.id).await? {
            Some(record) => record.spec,
            None => {
                let unknown =
                    || Error::Refused("the partner event source of this alert action is not known, so there is no chain".to_owned());
                ChainSpec::suggested(row.partner_source.clone().ok_or_else(unknown)?, settings.account.clone(), settings.region.clone())
            }
        };
        self.check_reach(settings).await?;
        let clients = self.clients(&settings.region).await?;
        Box::pin(read_settings(&clients, &spec)).await.map_err(setup_error)
    }
}
