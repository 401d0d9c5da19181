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

const HEIGHT: u64 = 176;
const TOP: u64 = 10;
const BOTTOM: u64 = 150;
const LEFT: u64 = 44;
/// Labels under the axis need this much room each.
const LABEL_WIDTH: u64 = 56;

/// Columns over a labelled axis. Stands beside a table with the same figures.
#[component]
pub fn BarChart(
    /// What the chart tells, for who cannot see it.
    #[prop(into)]
    label: String,
    /// The unit of the vertical axis.
    #[prop(into)]
    unit: String,
    /// The columns, in order.
    bars: Vec<Bar>,
    /// Width of the drawing; it scales to its place.
    #[prop(default = 720)]
    width: u64,
) -> impl IntoView {
    let locale = use_locale();
    let most = bars.iter().map(|bar| bar.value + bar.rest).max();
    let top = ceiling(most.unwrap_or(0));
    let lines: Vec<_> = [top, top / 2, 0]
        .into_iter()
        .map(|value| {
            let y = BOTTOM - value * (BOTTOM - TOP) / top;
            view! {
                <line class="chart-grid" x1=LEFT.to_string() x2=width.to_string() y1=y.to_string() y2=y.to_string()></line>
                <text class="chart-axis" x=(LEFT - 6).to_string() y=(y + 4).to_string() text-anchor="end">
                    {number(locale, value)}
                </text>
            }
        })
        .collect();
    let columns = columns(bars, top, width);
    view! {
        <svg class="chart" viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=label>
            {lines}
            {columns}
            <text class="chart-axis" x="0" y=(HEIGHT - 8).to_string()>{unit}</text>
        </svg>
    }
    .into_any()
}

/// Geometry in tenths of a unit: whole numbers are equal on server and browser.
fn columns(bars: Vec<Bar>, top: u64, width: u64) -> Vec<impl IntoView> {
    let count = (bars.len() as u64).max(1);
    let step = (width - LEFT) * 10 / count;
    let thickness = (step * 68 / 100).min(520);
    let every = (LABEL_WIDTH * 10).div_ceil(step.max(1)).max(1);
    let last = count - 1;
    bars.into_iter()
        .zip(0_u64..)
        .map(|(bar, index)| {
            let x = LEFT * 10 + step * index + (step - thickness) / 2;
            let middle = tenths(x + thickness / 2);
            let height = |value: u64| value * (BOTTOM - TOP) * 10 / top;
            let (low, high) = (height(bar.value), height(bar.rest));
            let labelled = (last - index).is_multiple_of(every);
            view! {
                <g>
                    <title>{bar.title}</title>
                    <rect class="chart-bar" rx="2" x=tenths(x) width=tenths(thickness) y=tenths(BOTTOM * 10 - low) height=tenths(low)></rect>
                    <rect class="chart-bar-rest" rx="2" x=tenths(x) width=tenths(thickness) y=tenths(BOTTOM * 10 - low - high) height=tenths(high)></rect>
                    {labelled.then(|| view! {
                        <text class="chart-axis" x=middle y=(BOTTOM + 17).to_string() text-anchor="middle">{bar.label}</text>
                    })}
                </g>
            }
        })
        .collect()
}

fn tenths(value: u64) -> String {
    format!("{}.{}", value / 10, value % 10)
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

    use super::{Bar, BarChart, ceiling};

    #[test]
    fn axes_end_on_even_round_figures() {
        assert_eq!(
            [0, 1, 7, 20, 21, 812, 4_812].map(ceiling),
            [2, 2, 8, 20, 40, 1_000, 6_000]
        );
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
            view! { <BarChart label="Diffusions" unit="h" bars/> }.to_html()
        });
        assert!(html.contains("height=\"70.0\""), "{html}");
        assert!(html.contains("<title>8 h : 2"), "{html}");
        assert!(
            html.contains("role=\"img\" aria-label=\"Diffusions\""),
            "{html}"
        );
    }
}
