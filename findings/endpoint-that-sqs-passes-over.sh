#!/usr/bin/env bash
# AWS CLI 1 and AWS_ENDPOINT_URL: most commands use it; `aws sqs` goes to AWS's own address, with the variable for
# all services and with the one for SQS, and uses only --endpoint-url. Its SDK, botocore, uses the variables.
# Nothing leaves the machine: a proxy on it writes down where calls go, and refuses them. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check awscli==1.45.11 botocore==1.43.11
cat > run.py <<'PY'
import os, subprocess, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import awscli, botocore, botocore.session

seen = []

class Refusing(BaseHTTPRequestHandler):
    def answer(self):
        seen.append(self.path if self.command == 'CONNECT' else 'the endpoint of the variable')
        self.send_response(403)
        self.send_header('content-length', '0')
        self.end_headers()
    do_CONNECT = do_POST = do_GET = answer
    def log_message(self, *_):
        pass

server = ThreadingHTTPServer(('127.0.0.1', 0), Refusing)
threading.Thread(target=server.serve_forever, daemon=True).start()
here = f'http://127.0.0.1:{server.server_port}'
env = {k: v for k, v in os.environ.items() if not k.startswith('AWS_') and not k.lower().endswith('_proxy')}
env |= {'AWS_ACCESS_KEY_ID': 'example', 'AWS_SECRET_ACCESS_KEY': 'example', 'AWS_DEFAULT_REGION': 'us-east-1',
        'AWS_MAX_ATTEMPTS': '1', 'HTTPS_PROXY': here, 'AWS_CONFIG_FILE': 'none', 'AWS_SHARED_CREDENTIALS_FILE': 'none'}

def call(*words, **more):
    seen.clear()
    subprocess.run(['venv/bin/aws', *words], env=env | more, capture_output=True)
    return ', '.join(sorted(set(seen))) or 'nowhere'

print(f'awscli {awscli.__version__}, botocore {botocore.__version__}')
print('aws kinesis, AWS_ENDPOINT_URL ->', call('kinesis', 'list-streams', AWS_ENDPOINT_URL=here))
print('aws sqs, AWS_ENDPOINT_URL ->', call('sqs', 'list-queues', AWS_ENDPOINT_URL=here))
print('aws sqs, AWS_ENDPOINT_URL_SQS ->', call('sqs', 'list-queues', AWS_ENDPOINT_URL_SQS=here))
print('aws sqs, --endpoint-url ->', call('sqs', 'list-queues', '--endpoint-url', here))
os.environ['AWS_ENDPOINT_URL'] = here
client = botocore.session.get_session().create_client('sqs', region_name='us-east-1')
print('botocore, AWS_ENDPOINT_URL ->', 'the endpoint of the variable' if client.meta.endpoint_url == here else 'AWS')
PY
cat > expected.txt <<'TXT'
awscli 1.45.11, botocore 1.43.11
aws kinesis, AWS_ENDPOINT_URL -> the endpoint of the variable
aws sqs, AWS_ENDPOINT_URL -> queue.amazonaws.com:443
aws sqs, AWS_ENDPOINT_URL_SQS -> queue.amazonaws.com:443
aws sqs, --endpoint-url -> the endpoint of the variable
botocore, AWS_ENDPOINT_URL -> the endpoint of the variable
TXT
venv/bin/python run.py | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
