// Reports: how attempts have ended, as a table, a plot and a file.

import {json, save} from './api.js';
import {$, choice, element, labelled, make, tableOf} from './dom.js';
import {now} from './live.js';
import {showBars} from './bars.js';
import {count, day, percent, t, weekday, zone} from './texts.js';
import {failed, onSubmit} from './told.js';
import {nameOf, span} from './words.js';

/** The days that a report goes back to, today included. People look at today first, and the more days, the longer it takes. */
const DAYS = {today: 1, week: 7, month: 30};
const PERIODS = [...Object.keys(DAYS), 'all', 'chosen'];
const GROUPINGS = ['day', 'hour', 'weekday', 'cause', 'attempt', 'import', 'gateway', 'campaign'];
const FIGURES = ['attempts', 'left', 'answered', 'answer_rate', 'success', 'talk_sec', 'cost', 'numbers', 'reached', 'reached_rate'];
/** Figures that only some groupings have in their rows: a number belongs to one import and one campaign. */
const OF_NUMBERS = ['numbers', 'reached', 'reached_rate'];
/** As the API names them. */
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

let form = null;
let body = null;

/** The name of a row in the user's language. */
function nameIn(by, name) {
  if (name === null || name === undefined) {
    return t('report.unknown');
  }
  return by === 'day' ? day(name) : by === 'weekday' ? weekday(WEEKDAYS.indexOf(name) + 1) : name;
}

function figureOf(row, figure) {
  const value = row[figure];
  if (value === null || value === undefined) {
    return '';
  }
  return figure.endsWith('_rate') ? percent(value) : figure === 'talk_sec' ? span(value) : count(value);
}

/** From when to when; a day begins at the midnight of whoever looks. */
function timesOf() {
  const instant = value => (value ? new Date(value).toISOString() : '');
  const period = form.elements.period.value;
  if (period === 'chosen') {
    return {from: instant(form.elements.from.value), to: instant(form.elements.to.value)};
  }
  const today = new Date();
  // By the calendar: some days have 23 or 25 hours.
  return DAYS[period] ? {from: new Date(today.getFullYear(), today.getMonth(), today.getDate() - DAYS[period] + 1).toISOString()} : {};
}

function query() {
  const given = {campaign: form.elements.campaign.value, by: form.elements.by.value, zone: form.elements.zone.value, ...timesOf()};
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value));
}

function tableFor({by, rows, total}) {
  const figures = FIGURES.filter(figure => figure !== 'cost' || total.cost !== null)
      .filter(figure => !OF_NUMBERS.includes(figure) || total.numbers !== undefined);
  const line = (name, row, className) => {
    const made = make('tr', {className}, make('th', {scope: 'row'}, name),
      ...figures.map(figure => make('td', {className: 'number'}, figureOf(row, figure))));
    // Where the table is narrow, each cell says what it is.
    [...made.querySelectorAll('td')].forEach((cell, i) => { cell.dataset.label = t(`report.${figures[i]}`); });
    return made;
  };
  return tableOf(t('report.table'), [[t(`report.by.${by}`)], ...figures.map(figure => [t(`report.${figure}`), 'number'])],
    make('tbody', {}, ...rows.map(row => line(nameIn(by, row[by]), row)), line(t('report.total'), total, 'total')));
}

/** Links to the report as files. */
function files(params) {
  return make('p', {className: 'links'}, ...['xlsx', 'csv'].map(format => {
    const path = `reports?${params}&format=${format}`;
    const link = make('a', {className: 'button', textContent: t(`report.${format}`), href: `api/${path}`});
    link.onclick = event => {
      // A link carries no token.
      event.preventDefault();
      save(path, `report-${params.get('by')}.${format}`).catch(failed);
    };
    return link;
  }));
}

async function load() {
  const params = query();
  const report = await json(`reports?${params}`);
  const plot = make('figure', {className: 'plot', id: 'report-plot'});
  body.replaceChildren(...report.rows.length
    ? [plot, tableFor(report), files(params)] : [element('p', t('report.none'), 'empty')]);
  if (report.rows.length) {
    showBars(plot, report.rows.map(row => nameIn(report.by, row[report.by])), report.rows);
  }
}

function build() {
  form = make('form', {className: 'tools'},
    labelled(t('report.campaign'), choice({name: 'campaign'}, [['', t('report.all_campaigns')]]), 'inline'),
    labelled(t('report.by'), choice({name: 'by'}, GROUPINGS.map(by => [by, t(`report.by.${by}`)])), 'inline'),
    labelled(t('report.zone'), choice({name: 'zone'},
      [['campaign', t('report.zone.campaign')], ['callee', t('report.zone.callee')]]), 'inline'),
    labelled(t('report.period'), choice({name: 'period'}, PERIODS.map(one => [one, t(`report.period.${one}`)])), 'inline'),
    labelled(t('report.from'), make('input', {type: 'datetime-local', name: 'from'}), 'inline'),
    labelled(t('report.to'), make('input', {type: 'datetime-local', name: 'to'}), 'inline'),
    make('button', {type: 'submit', className: 'primary', textContent: t('show')}));
  body = make('div', {className: 'report-body'});
  $('reports-body').replaceChildren(form, make('p', {className: 'about muted', textContent: t('report.about', {zone})}), body);
  form.elements.period.onchange = showTimes;
  showTimes();
  onSubmit(form, load);
}

/** Times can only be given where they count. */
function showTimes() {
  const chosen = form.elements.period.value === 'chosen';
  for (const name of ['from', 'to']) {
    form.elements[name].closest('label').hidden = !chosen;
  }
}

/** @param key the i_campaign whose report is shown; absent: that of all, or what was shown last */
export async function showReports(key) {
  if (!form) {
    build();
  }
  const select = form.elements.campaign;
  const chosen = key ?? select.value;
  const campaigns = now.campaigns.length ? now.campaigns : (await json('campaigns?fields=name&limit=1000')).campaigns;
  select.replaceChildren(select.options[0], ...campaigns.map(one => new Option(nameOf(one), one.i_campaign)));
  select.value = chosen;
  await load();
}
