#!/bin/sh
# Starts the kernel from the snapshot that was made for this Node, where there is one: Jupyter knows one command for all
# times. Arguments: the Node to run, and what it is to run.
node=$1
shift
if [ -z "$NODE_OPTIONS" ] && [ "$ATELIER_SNAPSHOT" != 0 ]; then
  for blob in "$(dirname "$0")/build/kernel-$("$node" -p '`${process.version}-${process.platform}-${process.arch}`')"-*.blob; do
    [ -f "$blob" ] && exec "$node" --snapshot-blob "$blob" "$@"
  done
fi
exec "$node" "$@"
