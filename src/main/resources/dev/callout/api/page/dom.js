// What puts elements and text into the page.

export const $ = id => document.getElementById(id);

/** Text is set only if it changes, so that neither selection nor screen reader is disturbed. */
export function say(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function element(tag, text, className) {
  const node = document.createElement(tag);
  if (text !== undefined) {
    node.textContent = text;
  }
  if (className) {
    node.className = className;
  }
  return node;
}

/** An element with properties and children; those that are null or false are left out. */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** An input, select or textarea below its label. */
export function labelled(text, field, className = '') {
  return make('label', {className}, ...field.type === 'checkbox' ? [field, ` ${text}`] : [`${text} `, field]);
}

/** A select with these pairs of value and text. */
export function choice(properties, pairs) {
  return make('select', properties, ...pairs.map(([value, text]) => new Option(text, value)));
}

/** A row of a table; cells are texts or nodes. */
export function rowOf(cells, className = '') {
  return make('tr', {className}, ...cells.map(cell => make('td', {}, cell ?? '')));
}

/** A table of a heading and a body, in a region that scrolls where it is too narrow. */
export function tableOf(label, headings, body) {
  const region = make('div', {className: 'scroll', tabIndex: 0},
    make('table', {}, make('thead', {}, make('tr', {}, ...headings.map(([text, className = '', hidden = false]) =>
      Object.assign(make('th', {scope: 'col', className}, hidden ? element('span', text, 'unseen') : text))))), body));
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', label);
  return region;
}
