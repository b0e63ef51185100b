/** Settings files, read with their line numbers: properties, and mod_dialer's dialer.conf.xml. */
package dev.callout.settings.file;
