//! What has to be refused.

use candour_e2e::api::ApiError;
use candour_shared::denied::Denied;

/// The status and the reason of a refusal, whose words are those of the reason.
#[track_caller]
pub(crate) fn refusal<T>(result: Result<T, ApiError>) -> (u16, Denied) {
    match result {
        Err(ApiError::Refused { status, refusal }) => {
            assert_eq!(refusal.message, refusal.denied.to_string());
            (status.as_u16(), refusal.denied)
        }
        Err(fault) => panic!("{fault}"),
        Ok(_) => panic!("it was not refused"),
    }
}
