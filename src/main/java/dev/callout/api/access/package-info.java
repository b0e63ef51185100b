/** Who uses the API and what they may do: roles, tokens, and the role that each operation needs. */
package dev.callout.api.access;
