// The bars of a report: for each row its attempts, and how many of them were answered and a success.

import {element, make} from './dom.js';
import {count, t} from './texts.js';

/** Each is filled in a way of its own: not all people tell colours apart. The legend in the style sheet has the same ones. */
const SERIES = ['attempts', 'answered', 'success'];
const COLOURS = {attempts: '--edge', answered: '--accent', success: '--success'};
const MOST_ROWS = 60;

let chart = null;

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function hatched(paint) {
  const tile = make('canvas', {width: 8, height: 8});
  const pen = tile.getContext('2d');
  pen.strokeStyle = paint;
  pen.lineWidth = 2;
  for (const at of [-8, 0, 8]) {
    pen.moveTo(at, 8);
    pen.lineTo(at + 8, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, 'repeat');
}

function fillOf(series) {
  const paint = colour(COLOURS[series]);
  return series === 'attempts' ? 'transparent' : series === 'answered' ? hatched(paint) : paint;
}

function paint() {
  chart.data.datasets.forEach((dataset, i) => {
    dataset.borderColor = colour(COLOURS[SERIES[i]]);
    dataset.backgroundColor = fillOf(SERIES[i]);
  });
  for (const axis of Object.values(chart.options.scales)) {
    axis.ticks.color = colour('--muted');
    axis.grid.color = colour('--line');
  }
  chart.update();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart && paint());

/**
 * Draws the rows of a report. The table below says the same in numbers.
 *
 * @param figure where the bars go
 * @param labels the names of the rows
 */
export function showBars(figure, labels, rows) {
  chart?.destroy();
  const canvas = make('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', t('report.plot'));
  figure.replaceChildren(
    make('figcaption', {}, make('ul', {className: 'legend'}, ...SERIES.map(series =>
      make('li', {}, element('i', undefined, `of-${series} box`), element('span', t(`report.${series}`)))))),
    make('div', {className: 'canvas'}, canvas));
  chart = new Chart(canvas, {
    type: 'bar',
    data: {labels: labels.slice(0, MOST_ROWS), datasets: SERIES.map(series => ({
      label: t(`report.${series}`), data: rows.slice(0, MOST_ROWS).map(row => row[series]), borderWidth: 1.5, maxBarThickness: 28,
    }))},
    options: {
      animation: false, responsive: true, maintainAspectRatio: false,
      scales: {x: {grid: {display: false}, ticks: {maxRotation: 60}},
        y: {beginAtZero: true, border: {display: false}, grid: {}, ticks: {maxTicksLimit: 6, precision: 0, callback: value => count(value)}}},
      plugins: {legend: {display: false}},
    },
  });
  paint();
}
