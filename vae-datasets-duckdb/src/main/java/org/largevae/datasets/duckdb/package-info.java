/**
 * Tables in Parquet, CSV and JSON files and SQL over them, read by DuckDB: a plugin, since DuckDB
 * is 77 MiB of native code that parses the file within the process. Start at {@link
 * org.largevae.datasets.duckdb.DuckDbProvider}.
 *
 * <p>What the columns hold, gaps, categories and scales are the same for all tables and live in
 * vae-core; what is here delivers names and cells.
 */
package org.largevae.datasets.duckdb;
