//! What pages are made of. No business here, only looks and manners.

mod ago;
mod button;
mod chart;
mod dialog;
mod empty;
mod field;
mod icon;
mod in_place;
mod later;
mod load;
mod pager;
mod panel;
mod query_form;
mod search;
mod status;
mod table;
mod thumb;
mod toast;

pub use ago::{Ago, AgoText};
pub use button::{Button, ButtonKind, ButtonSize, LinkButton};
pub use chart::{Bar, BarChart};
pub use dialog::{Dialog, close_dialog, open_dialog};
pub use empty::Empty;
pub use field::{Field, SelectField, TextField, described_by, field_error};
pub use icon::{Glyph, Icon};
pub use in_place::SitesInPlace;
pub use later::Later;
pub use load::{Load, Refusal, Refusals, Skeleton};
pub use pager::Pager;
pub use panel::{PageHead, Panel, TabTitle};
pub use query_form::{Place, QueryForm};
pub use search::SearchField;
pub use status::{SiteState, StateMark};
pub use table::Figures;
pub use thumb::Thumb;
pub use toast::ToastRegion;
