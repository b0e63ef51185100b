// Importing numbers into a campaign.

import {Problem, ask, problem} from './api.js';
import {$, element} from './dom.js';
import {look, shownCampaign} from './live.js';
import {t} from './texts.js';
import {onSubmit} from './told.js';
import {pathOf} from './words.js';

const LARGEST_IMPORT = 256 * 2 ** 20;
const MOST_LINES = 20;

const columns = () => [...$('columns').querySelectorAll('select')];

/** Lets the user choose, where the headings of a file do not show which column holds what. */
function offerColumns(headings = []) {
  $('columns').hidden = headings.length === 0;
  for (const column of columns()) {
    const chosen = column.value;
    column.replaceChildren(new Option(t('import.column.none'), ''), ...headings.map(heading => new Option(heading)));
    column.value = headings.includes(chosen) ? chosen : '';
  }
}

/** The lines that a report tells of, as a list. */
export function linesOf(told, number) {
  if (!told.length) {
    return [];
  }
  const list = element('ul');
  list.append(...told.slice(0, MOST_LINES).map(one => element('li',
    t(one.item ? 'import.item' : 'import.line', {at: one.item ?? one.line, number: one[number] ?? '', why: one.reason}))));
  return told.length > MOST_LINES ? [list, element('p', t('import.more'))] : [list];
}

function showReport(report) {
  const told = ['accepted', 'duplicate', 'do_not_call', 'refused'].map(what => t(`import.${what}`, {n: report[what]})).join(', ');
  const parts = [element('p', t(report.imported ? 'import.done' : 'import.nothing', {told}))];
  parts.push(...linesOf(report.left_out, 'cld'));
  if (report.warned) {
    parts.push(element('p', t('import.warned', {n: report.warned})), ...linesOf(report.warnings, 'cld'));
  }
  if (report.variables.length) {
    parts.push(element('p', t('import.variables', {columns: report.variables.join(', ')})));
  }
  if (report.ignored_columns.length) {
    parts.push(element('p', t('import.ignored', {columns: report.ignored_columns.join(', ')})));
  }
  $('report').replaceChildren(...parts);
}

async function importFile() {
  const file = $('file').files[0];
  if (file.size > LARGEST_IMPORT) {
    throw new Problem(t('import.too_large'));
  }
  const query = new URLSearchParams({mode: $('good').checked ? 'good' : 'all', file: file.name});
  columns().filter(column => column.value).forEach(column => query.set(column.name, column.value));
  $('report').replaceChildren(element('p', t('import.running', {file: file.name})));
  try {
    // What the file is, its content decides.
    const response = await ask(`${pathOf(shownCampaign())}/numbers?${query}`,
        {method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: file});
    const report = await response.clone().json().catch(() => ({}));
    if (report.lines === undefined) {
      offerColumns(report.columns);
      throw await problem(response);
    }
    showReport(report);
    $('alert').hidden = true;
    $('report').scrollIntoView({block: 'nearest'});
    // What was refused is often sent once more, without the lines that are wrong.
    if (report.imported) {
      $('file').value = '';
      offerColumns();
    }
  } catch (error) {
    $('report').replaceChildren();
    throw error;
  } finally {
    look();
  }
}

export function listenImport() {
  onSubmit($('import'), importFile);
  $('file').onchange = () => offerColumns();
}
