// The texts of the page in the user's language: each language is a file texts.<language>.json of the same keys. {name} in a text is
// where a value goes, and a text that depends on a number n is an object of plural forms.

const LANGUAGES = ['en', 'de'];
const KEPT = 'language';

const wished = () => [localStorage.getItem(KEPT), ...navigator.languages].filter(Boolean);

const languageOf = tag => LANGUAGES.find(language => tag === language || tag.startsWith(`${language}-`));

/** The language of the texts: the one that was chosen on the page, or else the first of the browser's that there is. */
export const language = wished().map(languageOf).find(Boolean) ?? LANGUAGES[0];

/** How numbers and times are written: as the browser wants it, if it wants this language. */
const locale = navigator.languages.find(tag => languageOf(tag) === language) ?? language;

const texts = await (await fetch(`texts.${language}.json`)).json();
const plurals = new Intl.PluralRules(locale);

export const count = new Intl.NumberFormat(locale).format;
export const percent = new Intl.NumberFormat(locale, {style: 'percent', maximumFractionDigits: 1}).format;
export const names = new Intl.Collator(locale, {numeric: true});
const clockFormat = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const minuteFormat = new Intl.DateTimeFormat(locale, {hour: '2-digit', minute: '2-digit'});
const dateFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short'});
const dayFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC'});
const weekdayFormats = {long: new Intl.DateTimeFormat(locale, {weekday: 'long', timeZone: 'UTC'}),
  short: new Intl.DateTimeFormat(locale, {weekday: 'short', timeZone: 'UTC'})};

/** Takes an instant as the API has it, or in milliseconds. */
export const clock = instant => clockFormat.format(new Date(instant));
export const minute = instant => minuteFormat.format(new Date(instant));
export const date = instant => dateFormat.format(new Date(instant));

/** Takes a day such as 2027-01-31. */
export const day = text => dayFormat.format(new Date(`${text}T00:00:00Z`));

/** The name of a weekday: 1 is Monday. 2024 began with one. */
export const weekday = (number, length = 'long') => weekdayFormats[length].format(new Date(Date.UTC(2024, 0, number)));

/** The zone of all times that are shown. */
export const zone = new Intl.DateTimeFormat(locale, {timeZoneName: 'short'}).formatToParts(new Date())
  .find(part => part.type === 'timeZoneName').value;

function valueOf(value) {
  return typeof value === 'number' ? count(value) : value instanceof Date ? date(value) : String(value ?? '');
}

/** The text of a key, with these values in it: numbers and times as the language writes them. */
export function t(key, values = {}) {
  const found = texts[key];
  if (found === undefined) {
    console.error(`texts.${language}.json has no ${key}`);
    return key;
  }
  const text = typeof found === 'string' ? found : found[plurals.select(values.n)] ?? found.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => valueOf(values[name]));
}

/** Whether there is such a text: for words of the API, to which a newer one may add. */
export const has = key => key in texts;

/** Words of the API in the user's language, or as they are if they are not known. */
export const word = (kind, value) => (has(`${kind}.${value}`) ? t(`${kind}.${value}`) : value);

const ATTRIBUTES = {tLabel: 'aria-label', tPlaceholder: 'placeholder', tTitle: 'title'};

/** Puts the texts into the elements that name them in data-t, and into their attributes. */
export function fill(root) {
  root.querySelectorAll('[data-t]').forEach(node => { node.textContent = t(node.dataset.t); });
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    root.querySelectorAll(`[data-${name.replace(/[A-Z]/, letter => `-${letter.toLowerCase()}`)}]`)
        .forEach(node => node.setAttribute(attribute, t(node.dataset[name])));
  }
}

/** Fills the page, and shows what other language there is. */
export function fillPage(choice) {
  document.documentElement.lang = language;
  fill(document);
  document.querySelectorAll('template').forEach(template => fill(template.content));
  choice.append(...LANGUAGES.map(one =>
    new Option(new Intl.DisplayNames(one, {type: 'language'}).of(one), one, one === language, one === language)));
  [...choice.options].forEach(option => { option.lang = option.value; });
  choice.onchange = () => {
    localStorage.setItem(KEPT, choice.value);
    location.reload();
  };
}
