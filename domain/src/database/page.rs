//! Lists in pages.

use api::page::{Page, PageRequest};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QuerySelect, Select,
};

/// One page of the rows of `found`, as `read` selects them, and how many there are in all.
///
/// One row more than the page shows is asked for: where there is none, nothing is left to count.
pub(crate) async fn page<C, E, T, F>(
    transaction: &C,
    paging: PageRequest,
    found: Select<E>,
    read: impl AsyncFnOnce(&C, Select<E>) -> Result<Vec<T>, F>,
) -> Result<Page<T>, F>
where
    C: ConnectionTrait,
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync,
    F: From<DbErr>,
{
    let shown = u64::from(paging.per_page);
    let one_more = found
        .clone()
        .offset(paging.offset())
        .limit(shown.saturating_add(1));
    let mut rows = read(transaction, one_more).await?;
    let read = rows.len() as u64;
    let is_last = read <= shown && (read > 0 || paging.offset() == 0);
    let total = if is_last {
        paging.offset() + read
    } else {
        found.count(transaction).await?
    };
    rows.truncate(paging.per_page as usize);
    Ok(paging.page_of(rows, total))
}
