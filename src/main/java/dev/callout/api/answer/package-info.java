/** How the resources read what is sent to them and what they answer: columns, pages, entity tags, problems. */
package dev.callout.api.answer;
