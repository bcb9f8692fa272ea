//! The operations of SQS, one file each.

mod add_permission;
mod addressed;
mod batch;
mod change_message_visibility;
mod change_message_visibility_batch;
mod create_queue;
mod delete_message;
mod delete_message_batch;
mod delete_queue;
mod get_queue_attributes;
mod get_queue_url;
mod list_dead_letter_source_queues;
mod list_queue_tags;
mod list_queues;
mod message_input;
mod paging;
mod purge_queue;
mod receive_message;
mod remove_permission;
mod send_message;
mod send_message_batch;
mod set_queue_attributes;
mod tag_queue;
mod untag_queue;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

/// Names each operation once; its handler is `handle` of the module beside it.
macro_rules! operations {
    ($($name:ident => $module:ident,)+) => {
        /// The operations that the sandbox serves.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Operation {
            $(#[doc = concat!("`", stringify!($name), "`")] $name,)+
        }

        impl Operation {
            /// Every operation, for the page that lists them.
            #[cfg(test)]
            pub(crate) const NAMES: &[&str] = &[$(stringify!($name),)+];

            /// The operation of this name, as in `X-Amz-Target`.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($name) => Some(Self::$name),)+
                    _ => None,
                }
            }

            /// Runs it.
            ///
            /// # Errors
            /// What AWS answers.
            pub(crate) fn run(
                &self,
                world: &mut World,
                call: &Call<'_>,
                journal: &mut Journal,
            ) -> Result<Outcome, ApiError> {
                match self {
                    $(Self::$name => $module::handle(world, call, journal),)+
                }
            }
        }
    };
}

operations! {
    AddPermission => add_permission,
    ChangeMessageVisibility => change_message_visibility,
    ChangeMessageVisibilityBatch => change_message_visibility_batch,
    CreateQueue => create_queue,
    DeleteMessage => delete_message,
    DeleteMessageBatch => delete_message_batch,
    DeleteQueue => delete_queue,
    GetQueueAttributes => get_queue_attributes,
    GetQueueUrl => get_queue_url,
    ListDeadLetterSourceQueues => list_dead_letter_source_queues,
    ListQueueTags => list_queue_tags,
    ListQueues => list_queues,
    PurgeQueue => purge_queue,
    ReceiveMessage => receive_message,
    RemovePermission => remove_permission,
    SendMessage => send_message,
    SendMessageBatch => send_message_batch,
    SetQueueAttributes => set_queue_attributes,
    TagQueue => tag_queue,
    UntagQueue => untag_queue,
}

#[cfg(test)]
mod tests {
    use super::Operation;

    #[test]
    fn operations_go_by_their_exact_name() {
        assert_eq!(Operation::named("SendMessage"), Some(Operation::SendMessage));
        for unknown in ["", "sendMessage", "StartMessageMoveTask"] {
            assert_eq!(Operation::named(unknown), None, "{unknown:?} is not served");
        }
    }
}
