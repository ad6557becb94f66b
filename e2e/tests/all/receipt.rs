//! Waiting until a board is gone.

use candour_e2e::PATIENCE;
use candour_e2e::api::Api;
use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;

/// The receipt of a board that is to end about now.
pub(crate) async fn receipt_of(api: &Api, board: BoardId) -> Receipt {
    let asked = async {
        loop {
            if let Ok(receipt) = api.receipt(board).await {
                return receipt;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, asked).await.unwrap()
}
