"""A case header as format 1 writes it, with everything that opens it, kept for ever: a later
program must still open it."""

from __future__ import annotations

CASE_KEY = bytes(range(32))
CASE_ID = "c0ffee00c0ffee00"
PASSPHRASE = "Käsekästchen 1987"
RECOVERY_CODE = "NSQ03-JM6GW-SFWXS-5EQMR-VBDZY-FXBXH"
KEYRING_SLOT = "2bb8119ce66a66e6"
KEYRING_SECRET = "e67fe89f03f968aa1ea32d92e9857c249d83559430fab51c6da5c79e369dd445"

HEADER = (
    b'{"case_id":"c0ffee00c0ffee00",'
    b'"checksum":"sha256:bd3ce8c9925f7ec038cd1f59ae248c0315326282a7cf3a3ba894a15e2a0dd791",'
    b'"format":"casefile","format_version":1,"slots":[{"ciphertext":"d82c2da6775f631c454c938742e6'
    b'45e90ffcf71ff03e8f92e48ad3a27e44576c22ca6d1502a03bded1b0dc62225bb5c4",'
    b'"id":"9b57b44b68df6cc4","kdf":{"algorithm":"argon2id","memory_kib":64,"parallelism":1,'
    b'"salt":"eb9fe1ba1f3217eeb4c93d79b1f84819","time_cost":1,"version":19},"kind":"passphrase",'
    b'"nonce":"7440d69df1e01ee37d251dfe"},{"ciphertext":"a68263de29206317337ade976a2f7fadc5241251'
    b'6d7227d5d110409fe8195e8c1dc1a083c5fd504696f89d617ebe7743","id":"eb9e9462fbaab8ea",'
    b'"kdf":{"algorithm":"hkdf-sha256","salt":"fe02392b5b30bf112c60000b711df561"},'
    b'"kind":"recovery","nonce":"f5ee54d1cd154b4e42476221"},{"ciphertext":"0c35736e4bc73a12f777c6'
    b'19536a6886d729b1c619d164b814eed163101641d3bfd545178246ad80df26ef0658d2b2e5",'
    b'"id":"2bb8119ce66a66e6","kdf":{"algorithm":"hkdf-sha256",'
    b'"salt":"c3ea1498cc2ae0293d5e501e88cddcca"},"kind":"keyring",'
    b'"nonce":"f0a211e87a70533c7158b788"}]}\n'
)
