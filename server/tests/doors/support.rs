//! What tests are written with: [`TestApp`], [`Visitor`]s and their [`Answer`]s.

pub mod answer;
pub mod app;
pub mod clip;
pub mod screen;
pub mod supabase;
pub mod visitor;

pub use app::TestApp;
pub use screen::TestScreen;
