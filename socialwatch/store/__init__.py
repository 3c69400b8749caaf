"""The only room with SQL: tables, one transaction object, the queue, and one file of queries per word."""
