//! Deliveries.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{DeliveriesPage, DeliveryDetail, DeliveryFilter, LatencyView};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn deliveries(
    console: State<'_, Console>,
    filter: DeliveryFilter,
    before: Option<i64>,
    limit: u32,
) -> Answer<DeliveriesPage> {
    Ok(console.deliveries(&filter, before, limit).await?)
}

#[tauri::command]
pub(crate) async fn delivery(console: State<'_, Console>, id: i64) -> Answer<DeliveryDetail> {
    Ok(console.delivery(id).await?)
}

#[tauri::command]
pub(crate) async fn latency(console: State<'_, Console>, filter: DeliveryFilter) -> Answer<LatencyView> {
    Ok(console.latency(&filter).await?)
}
