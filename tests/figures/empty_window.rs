//! A window with an empty page, in the same web view and the same mode as Waybill's: what `make figures` compares the start with.
#![allow(missing_docs)]

use tauri::http::Response;
use tauri::{WebviewUrl, WebviewWindowBuilder};

const PAGE: &str = "<!doctype html><title>Empty</title><p>Empty</p>
    <script>requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('interactive')))</script>";

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            Response::builder().header("Content-Type", "text/html").body(PAGE.as_bytes().to_vec()).expect("the header is valid")
        })
        .setup(|app| {
            let address = "empty://localhost/".parse().expect("an address");
            WebviewWindowBuilder::new(app, "main", WebviewUrl::CustomProtocol(address)).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
