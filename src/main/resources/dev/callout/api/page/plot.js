// The charts: calls over time, and what came of them.

import {$, element, say} from './dom.js';
import {clock, count, minute, t, zone} from './texts.js';

/** Each has a line of its own kind: not all people tell the colours apart. The legend in the style sheet has the same ones. */
const SERIES = [
  {key: 'success', colour: '--success', filled: true, dash: []},
  {key: 'premature_hangup', colour: '--warning', filled: true, dash: [7, 3]},
  {key: 'failure', colour: '--failure', filled: true, dash: [2, 2]},
  {key: 'made', colour: '--accent', filled: false, dash: [], width: 3},
];

const plots = new Map();

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function everyFiveMinutes(axis) {
  const step = 300_000;
  axis.ticks = [];
  for (let at = Math.ceil(axis.min / step) * step; at <= axis.max; at += step) {
    axis.ticks.push({value: at});
  }
}

function paint(chart) {
  chart.data.datasets.forEach((dataset, i) => {
    const own = colour(SERIES[i].colour);
    dataset.borderColor = own;
    dataset.backgroundColor = SERIES[i].filled ? `${own}40` : own;
  });
  for (const axis of Object.values(chart.options.scales)) {
    axis.ticks.color = colour('--muted');
    axis.grid.color = colour('--line');
  }
  chart.update();
}

function plotOf(id) {
  if (!plots.has(id)) {
    const figure = $(id);
    figure.append($('plot').content.cloneNode(true));
    const chart = new Chart(figure.querySelector('canvas'), {
      type: 'line',
      data: {datasets: SERIES.map((series, i) => ({
        label: t(`plot.${series.key}`), data: [], stack: series.filled ? 'ended' : 'made',
        fill: series.filled && (i === 0 ? 'origin' : '-1'),
        borderWidth: series.width ?? 1.5, borderDash: series.dash, pointRadius: 0, pointHitRadius: 8, order: series.filled ? 1 : 0,
      }))},
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, parsing: false,
        interaction: {mode: 'index', intersect: false},
        scales: {
          x: {type: 'linear', afterBuildTicks: everyFiveMinutes, grid: {display: false},
            ticks: {maxRotation: 0, autoSkipPadding: 16, callback: at => minute(at)}},
          y: {stacked: true, beginAtZero: true, suggestedMax: 1, border: {display: false}, grid: {}, ticks: {maxTicksLimit: 5}},
        },
        plugins: {
          legend: {display: false},
          tooltip: {callbacks: {
            title: points => clock(points[0].parsed.x),
            label: point => t('plot.point', {series: point.dataset.label, n: point.parsed.y}),
          }},
        },
      },
    });
    plots.set(id, chart);
    paint(chart);
  }
  return plots.get(id);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.forEach(paint));

/** The step that is not over yet is left out: it would look like a fall. */
export function showPlot(id, activity) {
  const chart = plotOf(id);
  const from = Date.parse(activity.from);
  const totals = SERIES.map((series, i) => {
    const steps = activity[series.key];
    chart.data.datasets[i].data = steps.slice(0, -1)
      .map((calls, step) => ({x: from + step * activity.step_sec * 1000, y: calls / activity.step_sec}));
    return steps.reduce((sum, calls) => sum + calls, 0);
  });
  chart.options.scales.x.min = from;
  chart.options.scales.x.max = from + (activity.made.length - 2) * activity.step_sec * 1000;
  chart.update();
  const words = SERIES.map((series, i) => `${t(`plot.${series.key}`)} ${count(totals[i])}`);
  const legend = $(id).querySelector('.legend');
  if (!legend.children.length) {
    legend.append(...SERIES.map(series => {
      const item = element('li');
      item.append(element('i', undefined, series.key), element('span'));
      return item;
    }));
  }
  [...legend.children].forEach((item, i) => say(item.lastChild, words[i]));
  say($(id).querySelector('.muted'), t('plot.about', {zone}));
  $(id).querySelector('canvas').setAttribute('aria-label',
    t('plot.words', {words: words.join(', ')}));
}
