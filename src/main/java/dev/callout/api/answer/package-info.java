/** How the resources read requests and answer them: columns, pages, entity tags, problems. */
package dev.callout.api.answer;
