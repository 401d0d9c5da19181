//! Lists come in pages.

use serde::{Deserialize, Serialize};

/// Rows of a page when the caller does not say.
pub const DEFAULT_PER_PAGE: u32 = 25;
/// Most rows of a page.
pub const MAX_PER_PAGE: u32 = 100;

/// One page of a list.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Number of this page, from 1.
    pub page: u32,
    /// Rows asked for.
    pub per_page: u32,
    /// Rows in the whole list.
    pub total: u64,
}

impl<T> Page<T> {
    /// How many pages the list has; at least one.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(u64::from(self.per_page.max(1))).max(1)
    }
}

/// Which page of a list, within the limits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PageRequest {
    /// Number of the page, from 1.
    pub page: u32,
    /// Rows, from 1 to [`MAX_PER_PAGE`].
    pub per_page: u32,
}

impl PageRequest {
    /// What a caller asked for, brought within the limits.
    pub fn of(page: Option<u32>, per_page: Option<u32>) -> Self {
        Self {
            page: page.unwrap_or(1).max(1),
            per_page: per_page.unwrap_or(DEFAULT_PER_PAGE).clamp(1, MAX_PER_PAGE),
        }
    }

    /// Rows before this page.
    pub fn offset(self) -> u64 {
        u64::from(self.page - 1) * u64::from(self.per_page)
    }

    /// One page of a list of `total` rows.
    pub fn page_of<T>(self, items: Vec<T>, total: u64) -> Page<T> {
        Page {
            items,
            page: self.page,
            per_page: self.per_page,
            total,
        }
    }
}
