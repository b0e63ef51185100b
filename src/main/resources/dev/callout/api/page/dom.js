// What puts text into the page.

export const $ = id => document.getElementById(id);
export const count = new Intl.NumberFormat('en').format;
export const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
export const date = new Intl.DateTimeFormat(undefined, {
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short'});

/** The zone of all times that are shown. */
export const zone = new Intl.DateTimeFormat(undefined, {timeZoneName: 'short'}).formatToParts(new Date())
  .find(part => part.type === 'timeZoneName').value;

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
