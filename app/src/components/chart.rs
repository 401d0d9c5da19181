use leptos::prelude::*;

use crate::format::number;
use crate::state::language::use_locale;

/// One column of a chart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bar {
    /// Below the axis.
    pub label: String,
    /// The lower, main part.
    pub value: u64,
    /// The upper part, of another kind.
    pub rest: u64,
    /// On hover: everything in words.
    pub title: String,
}

const TOP: u64 = 10;
const BOTTOM: u64 = 150;
/// Labels under the axis need this much room each, in pixels.
const LABEL: u64 = 52;
/// Widths of a drawing, in pixels: at least, and from where `chart.css` shows more labels.
const NARROW: u64 = 250;
const WIDE: u64 = 640;

/// Columns over a labelled axis, as wide as their place: nothing but the columns is stretched.
/// Stands beside a table with the same figures.
#[component]
pub fn BarChart(
    /// What the chart tells, for who cannot see it.
    #[prop(into)]
    label: String,
    /// The columns, in order.
    bars: Vec<Bar>,
) -> impl IntoView {
    let locale = use_locale();
    let most = bars.iter().map(|bar| bar.value + bar.rest).max();
    let top = ceiling(most.unwrap_or(0));
    let heights = [top, top / 2, 0].map(|value| (value, BOTTOM - value * (BOTTOM - TOP) / top));
    let lines = heights.map(|(_, y)| {
        view! { <line class="chart-grid" x1="0" x2="100%" y1=y.to_string() y2=y.to_string()></line> }
    });
    let figures = heights.map(|(value, y)| {
        view! { <text class="chart-axis" x="100%" y=(y + 4).to_string() text-anchor="end">{number(locale, value)}</text> }
    });
    let columns = columns(bars, top);
    view! {
        <div class="chart">
            <svg class="chart-scale" aria-hidden="true">{figures.into_iter().collect_view()}</svg>
            <svg class="chart-plot" role="img" aria-label=label>
                {lines.into_iter().collect_view()}
                {columns}
            </svg>
        </div>
    }
    .into_any()
}

/// Geometry in whole hundredths of a percent across: equal on server and browser.
fn columns(bars: Vec<Bar>, top: u64) -> Vec<impl IntoView> {
    let count = (bars.len() as u64).max(1);
    let step = 10_000 / count;
    let thickness = (step * 68 / 100).min(600);
    let last = count - 1;
    let height = move |value: u64| value * (BOTTOM - TOP) * 100 / top;
    bars.into_iter()
        .zip(0_u64..)
        .map(|(bar, index)| {
            let x = step * index + (step - thickness) / 2;
            let (low, high) = (height(bar.value), height(bar.rest));
            let class = label_class(last - index, count);
            view! {
                <g>
                    <title>{bar.title}</title>
                    <rect class="chart-bar" rx="2" x=percent(x) width=percent(thickness) y=hundredths(BOTTOM * 100 - low) height=hundredths(low)></rect>
                    <rect class="chart-bar-rest" rx="2" x=percent(x) width=percent(thickness) y=hundredths(BOTTOM * 100 - low - high) height=hundredths(high)></rect>
                    {class.map(|class| view! {
                        <text class=class x=percent(x + thickness / 2) y=(BOTTOM + 17).to_string() text-anchor="middle">{bar.label}</text>
                    })}
                </g>
            }
        })
        .collect()
}

/// Which drawings label the column that many before the last: each kind at even distances.
fn label_class(before_last: u64, count: u64) -> Option<&'static str> {
    let labels = |width: u64| before_last.is_multiple_of((count * LABEL).div_ceil(width).max(1));
    match (labels(NARROW), labels(WIDE)) {
        (true, true) => Some("chart-axis"),
        (true, false) => Some("chart-axis chart-axis-narrow"),
        (false, true) => Some("chart-axis chart-axis-wide"),
        (false, false) => None,
    }
}

fn percent(value: u64) -> String {
    format!("{}%", hundredths(value))
}

fn hundredths(value: u64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// The top of an axis: even, so that its half is whole, and round.
fn ceiling(most: u64) -> u64 {
    let mut step = 2;
    while most > step * 10 {
        step *= 10;
    }
    most.div_ceil(step).max(1) * step
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::{Bar, BarChart, ceiling, label_class};

    #[test]
    fn axes_end_on_even_round_figures() {
        assert_eq!(
            [0, 1, 7, 20, 21, 812, 4_812].map(ceiling),
            [2, 2, 8, 20, 40, 1_000, 6_000]
        );
    }

    #[test]
    fn labels_stand_at_even_distances_in_narrow_and_in_wide_drawings() {
        let shown = |hidden: &str| -> Vec<u64> {
            let class = |column: &u64| label_class(*column, 14);
            (0..14)
                .filter(|column| class(column).is_some_and(|class| !class.ends_with(hidden)))
                .collect()
        };
        assert_eq!(shown("wide"), [0, 3, 6, 9, 12]);
        assert_eq!(shown("narrow"), [0, 2, 4, 6, 8, 10, 12]);
    }

    #[test]
    fn a_column_is_as_high_as_its_figure_says() {
        let html = Owner::new().with(|| {
            let bars = vec![Bar {
                label: "8 h".to_owned(),
                value: 1,
                rest: 1,
                title: "8 h : 2".to_owned(),
            }];
            view! { <BarChart label="Diffusions" bars/> }.to_html()
        });
        assert!(html.contains("height=\"70.00\""), "{html}");
        assert!(html.contains("<title>8 h : 2"), "{html}");
        assert!(
            html.contains("role=\"img\" aria-label=\"Diffusions\""),
            "{html}"
        );
    }
}
