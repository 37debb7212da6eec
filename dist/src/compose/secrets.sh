#!/bin/sh
# Prints fresh secrets, to be shared by all servers of one cluster, as an environment file. Made once: with another
# CHATTO_CORE_SECRET_KEY nothing that is stored can be read.
set -eu

random() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

echo "CHATTO_CORE_SECRET_KEY=$(random)"
# nats-server would take a value that begins with a digit for a number.
echo "CHATTO_NATS_CLIENT_TOKEN=t$(random)"
