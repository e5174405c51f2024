#!/bin/sh
# Makes passwords and certificates for compose.yaml, in deploy/secrets/. What is there stays.
#
#   deploy/secrets.sh library.example.org
#
# The certificate for readers is one of its own, which browsers warn of: put one of a known
# authority into deploy/secrets/tls/ (fullchain.pem, privkey.pem) in its place.
set -eu
name=${1:-localhost}
cd "$(dirname "$0")"
umask 022 # containers read the files as users of their own; nobody else comes into the folder
mkdir -p secrets/tls
chmod 700 secrets
cd secrets

for each in store_password engine_password; do
    [ -s "$each" ] || openssl rand -hex 24 >"$each"
done

if [ ! -s ca.pem ]; then
    (umask 077 && openssl ecparam -genkey -name prime256v1 -noout -out ca.key)
    openssl req -x509 -new -key ca.key -days 3650 -subj "/CN=Pilcrow cluster" -out ca.pem
fi
# The hash of the password, as OpenSearch wants it; its image has what makes it.
if [ ! -s internal_users.yml ]; then
    hash=$(docker run --rm -e "PASSWORD=$(cat engine_password)" --entrypoint /bin/bash \
        opensearchproject/opensearch:3 -c \
        'plugins/opensearch-security/tools/hash.sh -env PASSWORD' | tail -n 1)
    cat >internal_users.yml <<END
_meta:
  type: internalusers
  config_version: 2
pilcrow:
  hash: "$hash"
  backend_roles: [admin]
END
fi
if [ ! -s node.pem ]; then
    names="DNS:localhost,DNS:opensearch-1,DNS:opensearch-2,DNS:opensearch-3"
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout node.key \
        -subj "/CN=opensearch" -out node.csr
    printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$names" >node.ext
    openssl x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 825 \
        -extfile node.ext -out node.pem
    rm node.csr node.ext
fi
if [ ! -s tls/fullchain.pem ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 \
        -subj "/CN=$name" -addext "subjectAltName=DNS:$name" \
        -keyout tls/privkey.pem -out tls/fullchain.pem
fi
chmod 644 node.key tls/privkey.pem store_password engine_password
echo "deploy/secrets/ has what compose.yaml needs."
