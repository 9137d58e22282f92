package org.fondaco.api.admin;

/**
 * Who sends a request.
 *
 * @param name as in the audit log
 */
record Person(String name, Role role) {}
