// Charts: the figures of the page as lines and bars; the table beside each says the same in words.
(() => {
  "use strict";
  const page = document.querySelector("[data-charts]");
  if (!page || !window.echarts) return;
  const drawn = [];
  let figures = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = () => ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6"].map(colour);

  const written = (value) => (value === null || value === undefined ? "–" : value.toLocaleString("nl"));

  function option(figure, width) {
    const several = figure.series.length > 1;
    const headroom = several ? (width < 480 && figure.series.length > 2 ? 62 : 34) : 12;
    const soft = { lineStyle: { color: colour("--line") } };
    const words = { color: colour("--muted"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
    const line = figure.kind === "frustration" || figure.kind === "answer";
    return {
      animation: false,
      color: palette(),
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 12, top: headroom, bottom: 4, containLabel: true },
      legend: { show: several, top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: words },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: written, axisPointer: { type: line ? "line" : "shadow" } },
      xAxis: { type: "category", data: figure.slots, axisTick: { show: false }, axisLine: soft, axisLabel: words },
      yAxis: { type: "value", minInterval: line ? 0 : 1, splitLine: soft, axisLabel: { ...words, formatter: written }, max: figure.kind === "frustration" ? 1 : null },
      series: figure.series.map((each) => ({
        name: each.name,
        type: line ? "line" : "bar",
        stack: line ? undefined : "all",
        data: each.values,
        connectNulls: true,
        smooth: 0.2,
        symbolSize: 6,
        barMaxWidth: 26,
        lineStyle: { width: 2 },
        areaStyle: line ? { opacity: 0.08 } : undefined,
      })),
    };
  }

  function draw() {
    while (drawn.length) drawn.pop().dispose();
    for (const figure of figures) {
      const box = document.querySelector(`[data-chart="${figure.kind}"]`);
      if (!box) continue;
      const chart = window.echarts.init(box, null, { renderer: "svg" });
      chart.setOption(option(figure, box.clientWidth));
      chart.on("click", (point) => (window.location.href = figure.links[point.dataIndex]));
      drawn.push(chart);
    }
  }

  fetch(page.dataset.charts, { headers: { accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((found) => {
      figures = found;
      draw();
    })
    .catch(() => {});
  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
