//! Who is signed in.

use api::account::Account;
use api::error::ApiError;
use api::permission::Permission;
use leptos::prelude::*;

use crate::backend::accounts::me;

/// The signed-in person; fetched once for a page's life.
#[derive(Clone, Copy)]
pub struct Session(pub Resource<Result<Account, ApiError>>);

/// Asks who is signed in. Belongs in the view of the parent route.
pub fn provide_session() -> Session {
    let session = Session(Resource::new_blocking(|| (), |()| me()));
    provide_context(session);
    session
}

/// Shows its children to who holds a permission: what the server refuses is not offered.
#[component]
pub fn Allowed(
    /// What the children need.
    permission: Permission,
    /// What is offered.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let Some(Session(session)) = use_context() else {
        return children.with_value(|children| children()).into_any();
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let allowed = session.await.is_ok_and(|account| account.role.allows(permission));
                allowed.then(|| children.with_value(|children| children()))
            })}
        </Transition>
    }
    .into_any()
}
