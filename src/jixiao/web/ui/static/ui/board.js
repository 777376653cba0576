/* Charts of the board, drawn on canvas from the figures of the page. Tooltips are drawn too
   (richText): the page's policy allows no style of a script's making. Patterns beside colours. */
const echarts = window.echarts;
const charts = JSON.parse(document.getElementById("charts").textContent);
const colours = { draft: "#9aa7b4", open: "#1757a6", approved: "#1b6b3a", "filing.submitted": "#1757a6",
  "filing.returned": "#c77700", "filing.approved": "#1b6b3a", error: "#b3261e", warning: "#c77700", advice: "#9aa7b4" };
const drawn = [];

function options(found, isLying, isStacked) {
  const names = { type: "category", data: found.names,
    axisLabel: { interval: isLying ? 0 : "auto", hideOverlap: true, width: isLying ? 130 : 84, overflow: "truncate" } };
  const counts = { type: "value", minInterval: 1 };
  return {
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    textStyle: { fontFamily: "Microsoft YaHei, Noto Sans SC, PingFang SC, sans-serif" },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    legend: { top: 0, itemHeight: 10 },
    grid: { left: 8, right: 20, top: 32, bottom: 8, containLabel: true },
    xAxis: isLying ? counts : names,
    yAxis: isLying ? names : counts,
    series: found.series.map((one) => ({
      name: one.name, type: "bar", data: one.data, barMaxWidth: 26,
      stack: isStacked ? "all" : undefined, itemStyle: { color: colours[one.kind] },
    })),
  };
}

for (const place of echarts ? document.querySelectorAll("[data-chart]") : []) {
  const found = charts[place.dataset.chart];
  if (!found.names.length) continue;
  place.hidden = false;
  if (place.dataset.lying) place.style.height = `${Math.max(140, 24 * found.names.length + 70)}px`;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(options(found, Boolean(place.dataset.lying), Boolean(place.dataset.stack)));
  drawn.push(chart);
}
addEventListener("resize", () => {
  for (const chart of drawn) chart.resize();
});
