#!/bin/sh
# In place of the device-tree compiler, which the generator calls and waits for: the tree goes
# into the boot ROM, where nobody reads it. Output: the magic number of an empty one.
cat >/dev/null
printf '\320\015\376\355\0\0\0\0'
