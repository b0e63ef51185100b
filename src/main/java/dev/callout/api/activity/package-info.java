/** What all nodes have dialled lately, for people who watch. */
package dev.callout.api.activity;
