import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Trend, TrendPoint } from "../report.js";
import { stretchName } from "./stretch-name.js";

use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** The drawing's own units; the page scales it. */
const SIZE = { width: 270, height: 150 };

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many releases stayed live, and how many did not, as an SVG. */
export function drawFrequency(trend: Trend): string {
    const bar = { type: "bar", stack: "releases", barCategoryGap: "25%", silent: true };
    return draw(trend, { minInterval: 1 }, [
        { ...bar, data: trend.points.map(({ stayed }) => stayed), itemStyle: { color: "var(--good)" } },
        { ...bar, data: trend.points.map(({ fell }) => fell), itemStyle: { color: "var(--bad)" } },
    ]);
}

/** A time that something took, as an SVG. */
export function drawDuration(trend: Trend, key: "leadTime" | "timeToRestore"): string {
    const seconds = trend.points.map((point) => point[key]);
    const longest = Math.max(0, ...seconds.map((one) => one ?? 0));
    const [unit, name] = longest > 3 * DAY ? [DAY, "d"] : longest > 3 * HOUR ? [HOUR, "h"] : [MINUTE, "min"];
    const data = seconds.map((one) => (one === null ? null : one / unit));
    return draw(trend, { axisLabel: { ...LABEL, formatter: `{value} ${name}` } }, [line(data)]);
}

/** The share of the deployments that failed, as an SVG. */
export function drawFailureRate(trend: Trend): string {
    const percent = trend.points.map(({ failureRate }) => (failureRate === null ? null : failureRate * 100));
    return draw(trend, { max: 100, interval: 25, axisLabel: { ...LABEL, formatter: "{value} %" } }, [
        line(percent),
    ]);
}

const LABEL = { color: "var(--muted)", fontSize: 11 };

function line(data: readonly (number | null)[]) {
    return {
        type: "line",
        data,
        silent: true,
        // A stretch between two without a value is a point of its own.
        showAllSymbol: true,
        symbol: "circle",
        symbolSize: data.length > 30 ? 3 : 5,
        lineStyle: { color: "var(--accent)", width: 2 },
        itemStyle: { color: "var(--accent)" },
    };
}

function draw({ points, stretch }: Trend, values: object, series: object[]): string {
    const chart = init(null, null, { renderer: "svg", ssr: true, ...SIZE });
    const option: EChartsCoreOption = {
        animation: false,
        grid: { left: 8, right: 8, top: 10, bottom: 2, outerBoundsMode: "same" },
        xAxis: {
            type: "category",
            data: points.map(({ from }: TrendPoint) => stretchName(from, stretch)),
            axisLine: { lineStyle: { color: "var(--line)" } },
            axisTick: { show: false },
            axisLabel: { ...LABEL, hideOverlap: true },
        },
        yAxis: {
            type: "value",
            min: 0,
            splitNumber: 3,
            splitLine: { lineStyle: { color: "var(--line)" } },
            axisLabel: LABEL,
            ...values,
        },
        series,
    };
    chart.setOption(option);
    const svg = chart.renderToSVGString();
    chart.dispose();
    return withoutStyles(svg);
}

/** The page's policy lets no style in that is not its own; the fonts are the page's. */
function withoutStyles(svg: string): string {
    return svg.replace(/ style="[^"]*"/g, "").replace(/<style[^>]*>[\s\S]*?<\/style>/g, "");
}
