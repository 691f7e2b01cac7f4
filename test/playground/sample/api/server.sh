#!/bin/sh
# Answers every request on port 8080 with the time at which the image was built.
exec busybox nc -lk -p 8080 -e sh -c 'printf "HTTP/1.0 200 OK\r\n\r\n"; cat /app/built-at.txt'
