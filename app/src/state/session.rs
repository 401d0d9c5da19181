//! Who is signed in.

use api::account::Account;
use api::permission::Permission;
use leptos::prelude::*;

use crate::backend::accounts::me;
use crate::components::{Load, Refusals, Skeleton};
use crate::fetch::{Fetched, fetch};

/// The signed-in person; fetched once for a page's life.
#[derive(Clone, Copy)]
pub struct Session(pub Fetched<Account>);

/// Asks who is signed in. Belongs in the view of the parent route.
pub fn provide_session() {
    provide_context(Session(fetch(me)));
}

/// Who is signed in.
///
/// # Panics
/// Outside of the parent route, which provides it.
pub fn use_session() -> Session {
    use_context().expect("the layout provides the session")
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
        <Load resource=session skeleton=Skeleton::Nothing refusals=Refusals::Silent let:account>
            {account.role.allows(permission).then(|| children.with_value(|children| children()))}
        </Load>
    }
    .into_any()
}
