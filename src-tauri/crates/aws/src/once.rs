//! Publishing is tried once: whether an event is sent again is the publisher's decision, never the SDK's.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;

/// Takes the SDK's retries from the operations that publish.
#[derive(Debug)]
pub(crate) struct PublishOnce;

#[dyn_dispatch_hint]
impl Intercept for PublishOnce {
    fn name(&self) -> &'static str {
        "PublishOnce"
    }

    fn modify_before_serialization(
        &self,
        _context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let publishes = config.load::<Metadata>().is_some_and(|operation| matches!(operation.name(), "PutEvents" | "PutPartnerEvents"));
        if publishes {
            config.interceptor_state().store_put(RetryConfig::standard().with_max_attempts(1));
        }
        Ok(())
    }
}
