/**
 * Damaged files: holds the reader of a file format to what it owes its user. Whatever the bytes,
 * reading ends soon, takes memory in proportion to the file, and gives the right data or one clear
 * sentence. Start at {@link org.largevae.testing.corruption.CorruptFiles}.
 */
package org.largevae.testing.corruption;
