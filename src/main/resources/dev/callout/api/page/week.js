// A schedule's records as a week: when calls may start on each day.

import {element, make} from './dom.js';
import {t, weekday} from './texts.js';

const DAY = 86_400;
const SVG = 'http://www.w3.org/2000/svg';

/** Seconds of the day; null if it is none. */
export function secondsOf(time) {
  const [, hours, minutes, seconds] = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(time ?? '') ?? [];
  const all = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return Number.isNaN(all) || all > DAY ? null : all;
}

/** A time of day as the API has it. */
export const timeOf = seconds => [seconds / 3600, seconds % 3600 / 60, seconds % 60]
    .map(part => String(Math.floor(part)).padStart(2, '0')).join(':');

/** A time of day as people read it. */
const shortOf = seconds => timeOf(seconds).replace(/:00$/, '');

const isWithin = (value, start, stop) => (start <= stop ? value >= start && value <= stop : value >= start || value <= stop);

/** From where to where a record is open on its days, in seconds; the end is the first second after. */
function partsOf(record) {
  const start = secondsOf(record.start_time) ?? 0;
  const stop = Math.min(secondsOf(record.stop_time) ?? DAY, DAY - 1) + 1;
  return start < stop ? [[start, stop]] : [[0, stop], [start, DAY]].filter(([from, to]) => from < to);
}

/** From where to where each day is open, Monday first: overlapping parts are one. */
export function daysOf(records) {
  return [1, 2, 3, 4, 5, 6, 7].map(number => {
    const parts = records
        .filter(record => !record.start_wday || !record.stop_wday || isWithin(number, record.start_wday, record.stop_wday))
        .flatMap(partsOf).sort(([a], [b]) => a - b);
    return parts.reduce((merged, [from, to]) => {
      const last = merged.at(-1);
      if (last && from <= last[1]) {
        last[1] = Math.max(last[1], to);
      } else {
        merged.push([from, to]);
      }
      return merged;
    }, []);
  });
}

/** The open parts of a day in words. */
const wordsOf = parts => (parts.length === 0 ? t('week.closed')
  : parts.map(([from, to]) => (from === 0 && to === DAY ? t('week.all_day') : t('week.part', {from: shortOf(from), to: shortOf(to)})))
      .join(', '));

function barOf(parts) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${DAY} 10`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const [from, to] of parts) {
    const rect = document.createElementNS(SVG, 'rect');
    rect.setAttribute('x', from);
    rect.setAttribute('width', to - from);
    rect.setAttribute('height', 10);
    svg.append(rect);
  }
  return svg;
}

/** The week as a list of seven days: each is drawn, and said in words beside it. */
export function weekOf(records) {
  const axis = make('li', {className: 'axis'}, element('span'), make('span', {className: 'hours'},
    ...[0, 6, 12, 18, 24].map(hour => element('span', String(hour)))), element('span'));
  axis.setAttribute('aria-hidden', 'true');
  return make('ul', {className: 'week'}, ...daysOf(records).map((parts, i) =>
    make('li', {}, element('span', weekday(i + 1, 'short')), barOf(parts), element('span', wordsOf(parts)))), axis);
}
